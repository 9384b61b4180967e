"""How people write places in Spanish, in the United States: Mexican and Caribbean words, with no accents.

Streets are feminine ("la Main", "la quinta"), so that "el 5", "las 5" and "el quinto" are none.
"""

from __future__ import annotations

import re

from nlu.place_words import PlaceWords, Turn, words_of

TYPES = {
    **dict.fromkeys(("calle", "cll", "kalle"), "street"),
    **dict.fromkeys(("avenida", "ave", "avda", "avnida", "abenida"), "avenue"),
    **dict.fromkeys(("bulevar", "bulevard"), "boulevard"),
    **dict.fromkeys(("carretera", "autopista"), "highway"),
    "camino": "road",
    "callejon": "alley",
    "paseo": "drive",
    "carrera": "street",
}

# Longest first where they are looked for: "escuela primaria Lincoln" is no "school primaria Lincoln".
LANDMARKS = {
    **dict.fromkeys(("parque", "parquecito"), "park"),
    "parque de perros": "dog park",
    **dict.fromkeys(("escuela", "eskuela", "colegio"), "school"),
    **dict.fromkeys(("escuela primaria", "escuela elemental", "primaria", "elemental"), "elementary school"),
    **dict.fromkeys(("escuela secundaria", "secundaria", "escuela intermedia"), "middle school"),
    **dict.fromkeys(("preparatoria", "prepa", "escuela superior", "escuela preparatoria"), "high school"),
    "academia": "academy",
    "universidad": "university",
    **dict.fromkeys(("iglesia", "parroquia"), "church"),
    "capilla": "chapel",
    "catedral": "cathedral",
    **dict.fromkeys(("biblioteca", "biblioteca publica", "libreria publica"), "library"),
    "puente": "bridge",
    **dict.fromkeys(("cementerio", "panteon", "camposanto"), "cemetery"),
    "hospital": "hospital",
    "clinica": "clinic",
    "plaza": "plaza",
    **dict.fromkeys(("centro comercial",), "mall"),
    "estadio": "stadium",
    "museo": "museum",
    **dict.fromkeys(("playa", "playita"), "beach"),
    **dict.fromkeys(("laguna", "estanque"), "pond"),
    **dict.fromkeys(("mercado", "marqueta"), "market"),
    "estacion": "station",
    **dict.fromkeys(("estacion de bomberos",), "fire station"),
    **dict.fromkeys(("estacion de policia", "comisaria"), "police station"),
    **dict.fromkeys(("estacion de tren", "estacion del tren"), "train station"),
    **dict.fromkeys(("terminal de autobuses", "estacion de autobuses"), "bus station"),
    **dict.fromkeys(("corte", "tribunal", "juzgado"), "courthouse"),
    **dict.fromkeys(("alcaldia", "ayuntamiento"), "city hall"),
    **dict.fromkeys(("correo", "oficina de correos", "oficina de correo"), "post office"),
    **dict.fromkeys(("alberca", "piscina"), "pool"),
    **dict.fromkeys(("farmacia", "botica"), "pharmacy"),
    "teatro": "theater",
    "banco": "bank",
    "ferreteria": "hardware store",
    "aeropuerto": "airport",
    "apartamentos": "apartments",
    "gimnasio": "gym",
    "sendero": "trail",
}

RANKS = {
    **dict.fromkeys(("primera", "primer"), "1st"),
    "segunda": "2nd",
    **dict.fromkeys(("tercera", "tersera"), "3rd"),
    **dict.fromkeys(("cuarta", "kuarta"), "4th"),
    "quinta": "5th",
    **dict.fromkeys(("sexta", "sesta"), "6th"),
    **dict.fromkeys(("septima", "setima"), "7th"),
    **dict.fromkeys(("octava", "ocho"), "8th"),  # "calle ocho"
    **dict.fromkeys(("novena", "nobena"), "9th"),
    "decima": "10th",
    **dict.fromkeys(("undecima", "onceava"), "11th"),
    **dict.fromkeys(("duodecima", "doceava"), "12th"),
}

MONTHS = "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|diciembre"
HOURS = r"(?:de la|en la|por la) (?:manana|tarde|noche|madrugada)|[ap]\.? ?m\b|hrs?\b|en punto|:\d"
HALF = r"(?:media|cuarto|pico|algo|feria|\d)"  # "a las 5 y media"
HALVES = rf"(?:y|con) {HALF}"
# "la segunda vez", "la 3ra queja", "la primera casa": none of them is a street
RANKED = (
    "vez|veces|semana|noche|manana|tarde|casa|cuadra|llamada|queja|persona|planta|foto|luz|entrada|salida|"
    "puerta|parte|fila|clase|opcion|cosa|ocasion|edad|reina|linea|ciudad|familia|mitad|unidad|fuga|"
    "mano|gente|senal|lampara|ruta|placa|multa|denuncia|solicitud|pregunta|respuesta|carta|nevada|lluvia"
)
AFTER_NUMBER = rf"(?!\w|[.:]\d)(?!\s*(?:{HOURS}))(?!\s+(?:{HALVES}))(?!\s+(?:{RANKED}))"
LAST = r"(?=\s*(?:$|[.,;!?()\n]|(?:en|sobre|por|de)\s+(?!la (?:manana|tarde|noche|madrugada)\b)))"
# "412 de Maple", "el 412 de la Maple"; no "5 de mayo", no "2 de la tarde", no "3 de ellos"
OF_A_STREET = (
    rf"(?:de|d)(?:\s+la)?(?=\s+\w)(?!\s+(?:{MONTHS}|manana|tarde|noche|madrugada|ell[oa]s|l[oa]s|el|cada|"
    r"mi|mis|su|sus|un|una|esos?|esas?|estos?|estas?|agua|alto|ancho|largo|edad|diametro|profundidad|basura|verdad|veras|\d)\b)"
)
DIGITS = r"\d{1,3}"
ENDING = r"(?:e?ra|da|ta|ma|va|na)"
RANK_WORDS = "|".join(sorted(RANKS.keys() - {"ocho", "primer"}, key=len, reverse=True))
ANY_RANK = rf"(?:{DIGITS}(?:{ENDING}|a|st|nd|rd|th)?|{RANK_WORDS})"
NUMBERED_TYPE = {"calle": "street", "avenida": "avenue"}


def _turn(pattern: str, english: str) -> Turn:
    return Turn(re.compile(pattern.replace(" ", r"\s+")), english)


TURNS = (
    _turn(rf"(?:a |de |desde |hasta |y )?las \d{{1,2}}(?::\d\d)?(?: {HALVES})?(?: {HOURS})?", "then"),
    # blocks
    _turn(
        rf"(?:cuadra|bloque|manzana)(?: (?:del?|numero))?(?: la)? (?P<n>\d{{1,5}})\b(?: {OF_A_STREET})?",
        "{n} block of",
    ),
    _turn(rf"(?P<n>\d{{1,5}}) (?:cuadra|bloque)(?: {OF_A_STREET})?", "{n} block of"),
    _turn(rf"la (?P<n>\d{{1,2}}00) {OF_A_STREET}", "{n} block of"),
    # house numbers
    _turn(rf"(?:el|al|del)(?= (?:numero )?\d{{1,5}}[a-z]? {OF_A_STREET})", "at"),
    _turn(r"(?:el|al|del) numero(?= \d)", "at"),
    _turn(rf"(?P<n>\d{{1,5}}[a-z]?) {OF_A_STREET}", "{n}"),
    _turn(r"esq(?:\.|(?: de)?\b)", "corner of"),
    _turn(r"(?:apto|apartamento|aptmto|depto|dpto|departamento|interior)\b\.?\s*#?(?=\s*\w?\d)", "apt"),
    # numbered streets
    _turn(
        rf"de la (?P<rank>{ANY_RANK}) (?:a|hasta) la (?P<rank_2>{ANY_RANK}){AFTER_NUMBER}",
        "from {rank} to {rank_2}",
    ),
    _turn(
        rf"entre (?:la |calle )?(?P<rank>{ANY_RANK}) (?:y|con) (?:la |calle )?(?P<rank_2>{ANY_RANK}){LAST}",
        "between {rank} and {rank_2}",
    ),
    *(
        _turn(rf"(?:la )?(?P<rank>{DIGITS}{ENDING}) {word}\b", "{rank} " + suffix)
        for word, suffix in NUMBERED_TYPE.items()
    ),
    *(_turn(rf"la (?P<rank>{DIGITS}) {word}\b", "{rank} " + suffix) for word, suffix in NUMBERED_TYPE.items()),
    _turn(r"a la (?:1|una)\b(?! (?:y|con|esquina|entre) (?!media|cuarto|pico|\d))", "at one"),
    _turn(rf"(?:la )?(?P<rank>{DIGITS}{ENDING}){AFTER_NUMBER}", "{rank}"),
    _turn(rf"la (?P<rank>{DIGITS}a?){AFTER_NUMBER}", "{rank}"),
    _turn(rf"la (?P<rank>{RANK_WORDS}){AFTER_NUMBER}", "{rank}"),
    _turn(rf"calle (?P<rank>{RANK_WORDS}|ocho){AFTER_NUMBER}", "{rank} street"),
    _turn(rf"(?P<rank>{RANK_WORDS})(?= (?:y|con|esq|esquina) (?!media|ultima)\w)", "{rank}"),
    _turn(rf"(?P<and>y|con|esquina con|&|/) (?:calle )?(?P<rank>{RANK_WORDS}){AFTER_NUMBER}", "& {rank}"),
    _turn(rf"(?:y|con|esquina con) (?P<rank>{DIGITS}){LAST}", "and {rank}"),
    _turn(
        r"(?:\A|(?<=\ben\x20)|(?<=\besquina\x20)|(?<=\besquina\x20de\x20)|(?<=\bentre\x20))"
        rf"(?P<rank>{DIGITS}) (?:y|con) (?:la )?(?=[a-z])(?!{HALF})",
        "{rank} and ",
    ),
)

PHRASES = {
    # between names
    "y": "and",
    "con": "and",
    **dict.fromkeys(("esquina con", "esq con", "hace esquina con"), "and"),
    **dict.fromkeys(("haciendo esquina con", "casi esquina con", "casi esquina", "casi con"), "near"),
    **dict.fromkeys(("cruce con", "cruza con", "cruzando con"), "crosses"),
    **dict.fromkeys(("se cruza con", "se junta con", "topa con", "interseccion con"), "meets"),
    **dict.fromkeys(("esquina de", "esquina", "esq de", "eskina de", "eskina"), "corner of"),
    **dict.fromkeys(("interseccion de", "interseccion", "cruce de"), "intersection of"),
    **dict.fromkeys(("entre", "entre calle", "entre calles", "entre las calles", "entre las"), "between"),
    "desde": "from",
    "hasta": "to",
    **dict.fromkeys(("cuadra de", "bloque de"), "block of"),
    # before names
    **dict.fromkeys(("en", "sobre"), "on"),
    **dict.fromkeys(("por", "x la"), "by"),
    "de": "of",
    "del": "of the",
    "al": "to the",
    **dict.fromkeys(("frente a", "frente al", "frente de", "frente del"), "in front of"),
    **dict.fromkeys(("enfrente de", "enfrente del", "enfrente a", "enfrente al", "emfrente de"), "in front of"),
    **dict.fromkeys(("en frente de", "en frente del", "delante de", "delante del"), "in front of"),
    **dict.fromkeys(("al lado de", "al lado del", "a lado de", "a lado del"), "beside"),
    **dict.fromkeys(("a un lado de", "a un lado del", "al costado de", "al costado del"), "beside"),
    **dict.fromkeys(("junto a", "junto al", "pegado a", "pegado al", "pegada a", "pegada al"), "beside"),
    **dict.fromkeys(("atras de", "atras del", "detras de", "detras del", "a espaldas de"), "behind"),
    **dict.fromkeys(("cerca de", "cerca del", "serca de", "cerquita de", "cerca a"), "near"),
    **dict.fromkeys(("por ahi de", "por ahi del", "por el area de", "alrededor de"), "near"),
    **dict.fromkeys(("a la altura de", "a la altura del", "altura de", "altura del"), "number"),
    **dict.fromkeys(("a la vuelta de", "a la vuelta del"), "near"),
    **dict.fromkeys(("afuera de", "afuera del", "fuera de", "fuera del"), "outside"),
    **dict.fromkeys(("adentro de", "adentro del", "dentro de", "dentro del"), "in"),
    **dict.fromkeys(("debajo de", "debajo del", "bajo"), "under"),
    **dict.fromkeys(("pasando", "pasando el"), "past"),
    **dict.fromkeys(("antes de", "antes del", "antes de llegar a"), "before"),
    **dict.fromkeys(("despues de", "despues del"), "after"),
    "a lo largo de": "along",
    **dict.fromkeys(("hacia", "rumbo a", "pa", "para la"), "toward"),
    "es": "is",
    "es en": "is at",
    # with names
    "la": "",  # streets bear it where English has nothing
    **dict.fromkeys(("el", "los", "las"), "the"),
    "calles": "calle",
    "ruta": "route",
    **dict.fromkeys(("numero", "num", "nro"), "number"),
    "norte": "north",
    "sur": "south",
}

SPANISH = PlaceWords(
    phrases=PHRASES,
    turns=TURNS,
    ranks=RANKS,
    articles=words_of("la las el los de del al en"),
    types=TYPES,
    landmarks=LANDMARKS,
    no_names=words_of(
        "baja peatonal inflable pintado tirando olvidada a o u e un una unos unas lo le les se me te nos mi "
        "mis tu tus su sus este esta esto estos estas ese esa eso esos esas aquel aquella que q k quien "
        "cual donde cuando como cuanto porque pq xq por para pa pero sino si no ni ya aun muy mas menos "
        "mucho mucha muchos muchas poco poca tanto tanta todo toda todos todas otro otra otros otras cada "
        "mismo misma algo alguien nada nadie aqui aca ahi alla alli hoy ayer manana anoche ahora ahorita "
        "siempre nunca antes despues desde hace hay ay habia hubo es son era fue fueron ser estan estaba "
        "estaban estar esten soy estoy estamos tiene tienen tenia tengo tener hacen haciendo hacer hizo "
        "hicieron puede pueden poder quiero quieren va vamos voy ir iba viene vienen vino vive viven vivo "
        "pasa pasan paso pasar dejan dejo dejaron dejar sale salen salio tiran tiraron tira anda andan ando "
        "andaba parece parecen necesita necesitan necesito falta faltan sigue siguen quedo queda quedan "
        "ponen puso pusieron poner usan usa sin so sobre bajo tras segun durante mientras hasta gracias "
        "favor porfa porfavor plis hola buenas buenos buen dia dias tarde tardes noche noches oiga oye "
        "perdon disculpe senor senora vecino vecina vecinos gente nino ninos nina persona personas carro "
        "carros troca camion camiones camioneta moto motos bici bicicleta bicicletas guagua basura bache "
        "baches hoyo hoyos hueco huecos arbol arboles rama ramas poste postes luz luces foco focos semaforo "
        "semaforos letrero letreros senal senales alto agua fuga drenaje alcantarilla coladera tubo tuberia "
        "perro perros gato gatos rata ratas raton animal animales ruido musica graffiti grafiti pintura "
        "pared barda banqueta banquetas acera aceras anden esquina cuadra bloque lado medio mitad orilla "
        "entrada salida casa casas edificio edificios negocio tienda lote terreno yarda patio jardin zacate "
        "grama yerba hierba monte nieve hielo calle calles avenida camino carretera callejon aley carril "
        "carriles ciclovia parada puerta ventana techo cerca reja principal principales residencial publico "
        "publica privado privada lateral estrecha angosta ancha oscura obscura negra sucia limpia rota roto "
        "llena lleno vacia vacio abierta cerrada cerrado mojada seca inundada inundado tapada tapado "
        "bloqueada bloqueado hundida destrozada danada danado mala malo mal feo fea peligrosa peligroso "
        "transitada completa completo entera entero grande grandes chico chica chiquito pequeno pequena "
        "nuevo nueva viejo vieja blanco blanca negro rojo roja azul verde amarillo gris cafe local vecinal "
        "infantil comunitario central municipal atras adelante arriba abajo enfrente frente lejos junto "
        "dentro fuera afuera adentro derecha derecho izquierda mano vez veces segunda primera ultima ultimo "
        "siguiente proxima cuarto cuarta media solo sola solamente entonces luego tambien tampoco bien asi "
        "pues nomas bastante demasiado casi aproximadamente entre tiempo rato semana semanas mes meses ano "
        "anos hora horas minuto minutos urgente ayuda policia bomberos ambulancia ciudad barrio colonia "
        "vecindario zona area parque escuela iglesia biblioteca hospital plaza estacion tren bus autobus "
        "metro nuestra nuestro ustedes usted ellos ella ellas yo nosotros sera seria da dan dio dieron sabe "
        "saben digo dice dicen dijeron dijo llamo llame llamar reportar reporte reportado repararon "
        "arreglar arreglen arreglaron arreglo manden mandar vengan venga limpien limpiar recojan recoger "
        "recogieron quiten quitar corten cortar tapen tapar echan echaron huele apesta corre corren choco "
        "chocaron chocar cayo caido caida cayeron tirado tirada tirados tiradas estacionado estacionados "
        "parqueado parqueados abandonado abandonada abandonados quemado quemada muerto muerta muertos dos "
        "tres cuatro cinco seis siete ocho nueve diez once doce varios varias ambos ambas creo cuyo mero "
        "mera merito exacto exactamente direccion ubicacion lugar sitio parte"
    ),
    no_name_endings=("ando", "iendo", "ado", "ada", "ido", "ida"),
    counted=words_of(
        "y a al de del o u e dia dias noche noches semana semanas mes meses ano anos hora horas hrs minuto "
        "minutos min segundo segundos vez veces pie pies pulgada pulgadas metro metros milla millas "
        "kilometros libras dolares pesos persona personas gente nino ninos hijos hombre hombres mujer "
        "mujeres muchachos perro perros perritos gato gatos gatitos rata ratas gallinas gallos venado carro "
        "carros troca trocas camion camiones camionetas vans motos bicis bicicletas patinetas scooters "
        "llanta llantas gomas colchon colchones sofa sofas sillas bolsa bolsas botes bote caja cajas hoyo "
        "hoyos bache baches hueco huecos arbol arboles rama ramas poste postes luz luces foco focos lampara "
        "lamparas semaforos letrero letreros casa casas cuadra cuadras calles edificio edificios piso pisos "
        "cuarto cuartos reporte reportes llamada llamadas queja quejas foto fotos tickets mensajes mil por "
        "para con sin en que q mas menos grande grandes chicos viejos nuevos muertos muertas tirados "
        "tiradas abandonados am pm"
    ),
)
