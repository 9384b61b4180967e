"""Spanish: what only looks grave, what tells of the past, and the word lists; see `nlu.phrasebook`."""

from __future__ import annotations

# How people write it, by the word they mean.
SPELLINGS = {
    "que": "q k ke qe",
    "para": "pa pra",
    "por favor": "porfa porfavor porfis porfabor porfas xfa plis pls please pofavor",
    "por": "x",
    "esta": "ta sta",
    "estan": "stan",
    "estoy": "toy stoy",
    "fuego": "fuejo fuwgo fuegp fuega",
    "incendio": "insendio incendo inendio insendios incedio",
    "lumbre": "lunbre",
    "gas": "gaz",
    "humo": "umo jumo humito humero",
    "quemando": "kemando qemando",
    "explosion": "esplosion explocion esplocion",
    "exploto": "esploto",
    "disparos": "diparos disparoz",
    "balazos": "valazos balasos balazo valasos",
    "pistola": "pistol fusca pistolita",
    "cuchillo": "cuchiyo kuchillo",
    "sangre": "zangre sangr",
    "sangrando": "zangrando sngrando",
    "respira": "rrespira respita respria resipra rezpira",
    "inconsciente": "inconciente inconsiente inconciete incosciente",
    "ambulancia": "anbulancia ambulansia amulancia ambulacia ambulanca abulancia ambulansa ambulance",
    "policia": "polisia policias polocia plicia polica pulicia",
    "bomberos": "vomberos bonberos bombero",
    "ayuda": "alluda aiuda ayda halluda",
    "ayudenme": "alludenme ayudeme ayudenmen alludeme ayudanme ayudame",
    "necesito": "nesesito nececito nesecito nesito",
    "emergencia": "emerjencia emergensia hemergencia emergncia",
    "ahogando": "aogando haogando",
    "atropellaron": "atropeyaron atropeyo",
    "apunalaron": "apunalaro",
    "vecino": "besino vesino becino",
    "hijo": "ijo hijito mijo mijito ijito",
    "hija": "ija hijita mija mijita",
    "nino": "ninito ninyo",
    "nina": "ninita ninya",
    "bebe": "beve bebito bebita bebecito",
    "choque": "choke chocque",
    "chocaron": "chokaron",
    "se": "ze",
    "infarto": "imfarto inparto",
    "desmayo": "dezmayo desmallo dismayo",
    "carro": "karro",
    "adentro": "aentro dentro",
    "alguien": "alguen algien",
    "ahorita": "orita horita ahoritita aorita ahurita",
    "cayo": "callo caio",
    "alcantarilla": "alcantariya",
    "semaforo": "cemaforo semaforro",
}

WORDS = {
    "EL": "el/la/los/las/un/una/unos/unas/mi/mis/su/sus/tu/al/del/de_la/este/esta_casa/ese/otra/otro/aquel",
    "ESTA": "esta/estan/estaba/estaban/estoy/estamos/sigue/siguen/anda/andan",
    "NO": "no/ya_no/tampoco/apenas/casi_no/sin/dejo_de",
    "KID": """
nino(s)/nina(s)/nene(s)/nena(s)/bebe(s)/chamaco(s)/chamaca(s)/hijo(s)/hija(s)/chamaquito/chamaquita/morrito/
    morrita/chavito/chavita/criatura/menor/sobrino/sobrina/nieto/nieta/hermanito/hermanita/abuelo/abuela/abuelito/abuelita/
    chiquillo/chiquilla/nin/mama/papa/suegro/suegra/chaparrito/pequeno/pequena/viejita/viejito/alumno/alumna/ninas/recien_nacido""",
    "LITTLE": "bebe(s)/recien_nacido/nene/nena/ninito/ninita/nino_chiquito/nino_de/nina_de/chamaquito/chiquito/criatura",
    "PERSON": """
KID/hombre(s)/mujer(es)/senor(es)/senora(s)/senorita/muchacho(s)/muchacha(s)/muchachito/muchachita/chavo(s)/chava(s)/joven/
    jovenes/jovencito/jovencita/tipo(s)/tipa/wey/guey/vato(s)/morro(s)/morra/chico(s)/chica(s)/anciano(s)/anciana/viejo/vieja/
    don/dona/esposo/esposa/marido/novio/novia/pareja/mami/papi/madre/padre/apa/ama/ama/jefita/jefe/tio/tia/primo/prima/
    hermano(s)/hermana(s)/suegro/suegra/cunado/cunada/yerno/nuera/padrastro/madrastra/vecino(s)/vecina(s)/amigo(s)/amiga(s)/
    companero/companera/roommate/compadre/comadre/compa/persona(s)/gente/alguien/ciclista/motociclista/peaton(es)/trabajador/
    trabajadores/obrero(s)/albanil(es)/conductor/chofer/pasajero(s)/estudiante(s)/maestra/maestro/cliente/cajero/cajera/
    repartidor/indigente/homeless/vagabundo/borracho/familia/corredor/policia/oficial/tata/nana/abue/guardia/patron/dama/
    caballero/adolescente/embarazada/ella/motorista/turista/ladron/ladrones/loco/sujeto/individuo/adulto/companeros/bomberos_heridos""",
    "HOUND": "perro(s)/perra/pitbull(s)/pit_bull(s)/pit(s)/pitbul/rottweiler/pastor_aleman/coyote(s)/oso/puma/jauria/perrazo",
    "BITES": """
mordio/mordieron/mordiendo/muerde/morder/mordido/mordida/mordiendole/ataco/atacaron/atacando/ataca/agarro/destroz-/despedaz-/
    mordisque-/mordieran""",
    "MAULS": "mordiendo/atacando/ataco/atacaron/ataca/destroz-/despedaz-/mordiendole",
    "VEHICLE": """
carro(s)/coche(s)/auto(s)/automovil/troca(s)/troque/troka/camioneta(s)/camion/camiones/bus/autobus/guagua/una_van/la_van/van_blanca/van_negra/moto(s)/
    motocicleta/motora/trailer/tractor/taxi/uber/tren/metro/pipa/suv/pickup/picap/vehiculo(s)/jeep/patrulla/minivan/trolebus/
    bicicleta/bici/scooter/combi/rastra/gandola/tanquero/camper/rufa""",
    "CYCLIST": "ciclista/peaton/nino/nina/senor/senora/muchacho/muchacha/motociclista/bicicleta/PERSON",
    "BURNS": """
casa(s)/casita/departamento(s)/depa/depas/apartamento(s)/apto/edificio(s)/cocina/cuarto/recamara/sala/garage/garaje/cochera/
    sotano/tienda/negocio/restaurante/escuela/iglesia/bodega/almacen/fabrica/taller/traila/trailas/trailer/mobile_home/techo/
    azotea/hotel/hospital/asilo/piso/campamento/carpa(s)/casa_de_campana/rancho/ranchito/granero/mercado/local/
    VEHICLE/secadora/estufa/horno/sarten/aceite/comal/arbol(es)/zacate/cerro/monte/pasto/pastizal/bosque/lote/
    terreno/llano/yerba/hierba/matorral/colchon/sofa/bateria/patineta/cable(s)/alambre(s)/poste/transformador/enchufe/
    tomacorriente/contacto/basura/basurero/basural/zafacon/bote/contenedor/dumpster/cortina(s)/cama/pared/cerca/lena/llantas/
    vecindad/campo/gasolinera/microondas/calentador/boiler/laptop/chimenea/motor/carreta/palma(s)/loma""",
    "STRUCTURE": """
edificio/casa/techo/pared/barda/muro/andamio/balcon/puente/escalera(s)/grua/tarima/gradas/losa/excavacion/zanja/mina/
    construccion/obra/tunel/estacionamiento/piso/cielo_raso/plafon/porche/terraza/bodega/marquesina/torre/talud/cerro/montana/
    ladera/carpa/escenario/trinchera""",
    "PLANT": "fabrica/planta/refineria/bodega/edificio/casa/tanque/gasolinera/laboratorio/restaurante/transformador/pirotecnia",
    "WIRE": """
cable(s)_de_luz/cable(s)_de_la_luz/cable(s)_de_alta/cable(s)_de_alta_tension/cable(s)_electrico(s)/cable(s)_de_corriente/
    cable(s)_de_electricidad/alambre(s)_de_luz/alambre(s)_de_la_luz/alambre(s)_de_corriente/alambre(s)_electrico(s)/
    alambre(s)_de_alta/linea(s)_de_luz/linea(s)_electrica(s)/linea(s)_de_alta/linea(s)_de_corriente/tendido_electrico/
    cable(s)_vivo(s)/cableado_electrico/alta_tension/cable(s)_con_corriente/cable(s)_del_poste/power_line(s)/cable(s)_pelado(s)""",
    "DOWN": """
caido(s)/caida(s)/tirado(s)/tirada(s)/cayo/cayeron/callo/suelo/piso/calle/banqueta/acera/colgando/reventado(s)/reventada(s)/
    revento/rompio/roto(s)/rota(s)/trozado/botado(s)/charco/yarda/patio/atravesado(s)/en_medio/brincando/partio/tumbo/tumbaron/
    arranco/arrastro/reventaron/suelto(s)/guindando""",
    "BODYWATER": """
agua/rio/lago/laguna/alberca/piscina/canal/mar/playa/pozo/cisterna/arroyo/quebrada/presa/represa/estanque/zanja_con_agua/oceano/
    muelle/bahia/cano/acequia/jacuzzi/olas/pileta/tinaco""",
    "LLEVO": """
llevo/lleva/llevando/llevaron/arrastro/arrastra/arrastrando/jalo/jala/trago/llevandose/esta_llevando/llevarse""",
    "WEAPON": """
pistola(s)/pistolon/arma(s)/rifle(s)/escopeta/cuchillo(s)/cuchillon/navaja(s)/machete(s)/punal/hacha/fusil/metralleta/revolver/
    cuerno_de_chivo/gun/cuerno/katana/espada/verduguillo/picahielo/cuete_en""",
    "HOLDS": """
con/trae/traen/trai/traian/tiene/tienen/saco/sacando/sacaron/saca/apunta/apuntando/apunto/porta/portando/carga/cargando/agarro/
    ensen-/muestra/blande/empunando/agita/agitando/amenaz-/traia/empuna/jalo""",
    "SUBIO": """
subio/subieron/subiendo/metio/metieron/metiendo/metian/meter/jalaron/jalando/llevaron/llevo/llevan/forzaron/arrastr-/
    aventaron/trepar-/treparon/echaron/levantaron""",
    "ENTER": """
metiendo/metieron/metio/entrando/entraron/entro/colaron/colando/colo/colandose/metiendose/se_estan_brincando/metido""",
    "TRIES": """
tratando/trata/tratan/intentando/intenta/intentan/quiere/quieren/queriendo/intento/trato/trataron/tratado/intentaron""",
    "TOMO": """
tomo/tomaron/tome/tomado/trago/tragaron/trague/tragado/comio/comieron/comi/comido/bebio/bebieron/bebi/bebido/ingirio/metio_a_la_boca/
    metio/inyecto/tomando/tragando/tomar/injirio""",
    "SQUAD": """
ambulancia(s)/policia(s)/bomberos/paramedico(s)/patrulla(s)/911/la_ley/rescate/rescatistas/emergencias/los_emts/un_medico_ya/
    servicios_de_emergencia/swat/guardacostas/la_jura""",
    "NOFIND": "no_encuentro/no_encontramos/no_encuentran/no_hallo/no_hallamos/no_aparece/no_lo_encuentro/no_la_encuentro/no_regresa/"
    "no_lo_hallo/no_la_hallo/no_lo_vemos/perdi_a/perdimos_a/perdio/perdimos_al/desaparecio",
    "HOLLOW": "hoyo/hueco/agujero/hoyanco/crater/boquete/pozo/cavidad/hundimiento/bache",
    "LID": """
tapa(s)_de_alcantarilla/tapa(s)_de_la_alcantarilla/tapa(s)_del_registro/tapa(s)_de_registro/tapa(s)_del_drenaje/tapa(s)_de_drenaje/
    tapa_de_la_coladera/tapa_de_coladera/tapadera_del_registro/tapadera_de_la_alcantarilla/tapadera_del_drenaje/tapa_del_manhole/
    tapa_del_pozo/rejilla/rejilla_del_drenaje/parrilla_del_drenaje/rejilla_de_la_alcantarilla/tapadera_de_alcantarilla/
    tapon_de_la_alcantarilla/manhole_cover/tapa_de_manhole/tapa_de_la_cloaca/tapadera_de_la_coladera/tapa_del_contador_de_agua""",
    "STOP": """
senal_de_alto/senal_de_pare/letrero_de_alto/letrero_de_pare/letrero_de_stop/senal_de_stop/stop/stop_sign/el_alto/un_alto/el_pare/
    disco_de_pare/disco_pare/anuncio_de_alto/rotulo_de_pare/rotulo_de_alto/senalamiento_de_alto/disco_de_alto/altos/
    aviso_de_alto/letrero_del_alto/senal_del_alto/poste_del_alto/poste_del_stop/stop_s""",
    "TOPPLES": "barda/muro/pared/balcon/anuncio/espectacular/techo/andamio/letrero/fachada/cornisa/grua/edificio/puente",
    "ABOUT": """
a_punto_de_caer-/a_punto_de_caerse/por_caer/por_caerse/va_a_caer/se_va_a_caer/se_va_caer/se_anda_cayendo/se_esta_cayendo/ya_mero_se_cae/
    ya_casi_se_cae/va_a_caerse/a_punto_de_venirse/a_punto_de_derrumb-/a_punto_de_quebr-/ya_se_va_a_caer/se_quiere_caer/
    amenaza_con_caer-/va_a_tumbar/para_caerse/se_nos_va_a_venir/esta_por_venirse/se_va_a_venir/se_va_a_quebrar/tronando/crujiendo""",
    "ANIMAL": """
perro(s)/perra(s)/perrito(s)/perrita(s)/gato(s)/gata(s)/gatito(s)/gatita(s)/venado(s)/venada/ardilla(s)/mapache(s)/tlacuache(s)/
    zarigueya(s)/coyote(s)/zorrillo(s)/zorro(s)/zorra/pajaro(s)/pajarito(s)/paloma(s)/ganso(s)/pato(s)/patito(s)/caballo(s)/yegua/vaca(s)/
    gallo(s)/gallina(s)/pavo(s)/iguana(s)/conejo(s)/animal/animales/animalito(s)/cachorro(s)/cachorrito(s)/culebra(s)/rata(s)/
    raton(es)/murcielago(s)/buho/lechuza/cotorra/tortuga(s)/mascota(s)/chivo/chiva/puerco/cerdo/marrano/cuervo(s)/garza/aguila/
    halcon/pez/peces/chihuahua/pitbull/armadillo/oso(s)/caiman/delfin/ballena/gavilan/pollo(s)/husky/viralata/bichos/lagartija/tecolote/cabrito/bicho/possum/opossum/ciervo/alce/cabra/lagarto/cucaracha(s)/ternero/burro/oveja(s)""",
    "THING": """
letrero(s)/poste(s)/senal(es)/alto/stop/hidrante/barda/cerca/muro/pared/buzon/semaforo(s)/arbol(es)/bote(s)/zafacon/zafacones/
    parquimetro/banca/camellon/barrera/barandal/guardarrail/bolardo(s)/cono(s)/lampara(s)/farol/luminaria/caseta/porton/
    valla/jardinera/parada/pilon/rotulo/maceta/reja/boca_de_incendio(s)/toma_de_agua/cajon/cubeta/contenedor/estatua/banqueta""",
    "WEEKDAY": "lunes/martes/miercoles/jueves/viernes/sabado(s)/domingo(s)",
    "MONTH": "enero/febrero/marzo/abril/mayo/junio/julio/agosto/septiembre/setiembre/octubre/noviembre/diciembre",
    "SEASON": "verano/invierno/otono/primavera/navidad/ano_nuevo/halloween/semana_santa/huracan/tormenta/ano/mes/semana/noche/vez",
    "YEAR": "/".join(str(year) for year in range(2000, 2060)),
}

# Blanked before any rule is tried.
HARMLESS = """
murio ..1 ANIMAL ..3 herid-
metio/metieron/mete/meten/meter ..2 ANIMAL/agua/humo/ruido/basura/tierra
casa/edificio/local/lote/propiedad/bodega vacia/vacio/abandonad-/sola
casa/edificio/local/carro/tienda ..1 que_se_quemo
ANIMAL ..2 siguiendo/persigue/persiguen/sigue/siguen
alarma ..4 dispar-
dispar- ..3 alarma
rifle/pistola/pistolas de balines/postas
mas ..1 patrulla(s)/policia(s)/vigilancia
patrulla(s)/policia(s) ..3 con_radar/mananas/noches/velocidad/tardes
ya? llame a_la_policia/al_911 ..1 y/pero/me/varias/muchas/4/3
llen- de balazos/tiros/balas
se ..1 van/va a matar
escombro(s) de
desangrando en
nieve/plow/hielo ..2 tiene encerrad-
quiero ..4 bomberos/policia
desde anoche/ayer/antier/WEEKDAY
no/ni/sin/tampoco ..1 es/era/sea/fue/seria/hay/tengo? ..1 una/ninguna/de? emergencia(s)
no/nunca/nadie/ni/tampoco ..1 hay/hubo/tiene/veo/vi/huele/haya/salio/esta/resulto/fue/quedo/salieron/tuvo/ve/hubieron/necesita-/
    necesito ..1 a/olor_a/de/el/la/ningun/mas/un/una? fuego/humo/gas/incendio/lumbre/llamas/chispas/herido(s)/heridas/lesionado(s)/lastimado(s)/herida/atrapado(s)/sangre/peligro/
    muertos/choque/armas/balazos/accidente/quimicos/lesiones/explosion/balacera/riesgo/ambulancia/policia/bomberos/pistola/disparos/
    chispa/nadie_herido/alguien_herido/gente_herida/heridos_ni
sin/ni/ningun/ninguna fuego/humo/gas/incendio/lumbre/llamas/chispas/herido(s)/heridas/lesionado(s)/lastimado(s)/herida/atrapado(s)/sangre/peligro/
    muertos/choque/armas/balazos/accidente/quimicos/lesiones/explosion/balacera/riesgo/ambulancia/policia/bomberos/pistola/disparos/
    chispa/nadie_herido/alguien_herido/gente_herida/heridos_ni
no/ni hubo/hay ni herid-/nada/choque
nadie ..3 herid-/lastim-/atrapad-/adentro/golpead-/murio/se_lastimo/lesionad-/muert-
no_es/no_era/no_fue/no_son/no_eran/era_puro/fue_puro/eran_puros ..2 gas/fuego/incendio/balazos/disparos/humo/grave/sangre
no_de/y_no/no_a gas/fuego/humo
falsa_alarma/simulacro
boca(s)/boquilla/toma(s)/llave/bomba/pompa/pila de? ..1 incendio(s)/bomberos/fuego
hidrante(s)
alarma(s) ..1 incendio(s)/humo/fuego/gas ..3 pila/bateria/chilla/pita_cada/gratis/instal-/prueba/vacia/descargad-
escalera(s)/salida(s)/puerta(s)/extintor(es)/extinguidor/alarma/ruta(s)/simulacro/permiso/inspeccion/riesgo/peligro/zona/carril/linea/
    toma/prevencion/seguro/control/ley/ordenanza/hazard/codigo/detector(es)/camion/camiones/manguera/rociadores/hueco/via ..1 de/
    contra/para/por incendio(s)/fuego/humo/bomberos/emergencia(s)
peligro/riesgo/miedo/temor/preocupa ..2 incendio(s)/fuego/quem-/explosion/lumbre/accidente(s)/choque(s)
estacion/cuartel/departamento/depto/carril(es)/camion/camiones/troca/linea/zona/entrada/salida/casa/academia/parque/museo/unidad/dia/
    bomba/carro/carros/sindicato ..2 bombero(s)/policia/ambulancia(s)/patrulla(s)/incendio(s)
enfrente/frente/atras/detras/junto/lado/cerca/al_lado ..2 bomberos/policia/armeria/gasolinera/hidrante/911
bomberos usaron/abrieron/vinieron/dan/regalan/dejaron/prueban/olvidad-
son los? bomberos/policia
los bomberos ..2 usaron/dejaron/abrieron/dieron/prueban/dan/olvidaron/apagaron/ya_vinieron/vinieron
quiero ser/hablar_con/trabajar ..2 bombero(s)/policia
fuegos/fuego artificial/artificiales/amigo
hormiga(s) ..1 fuego
linea/zona/carril de ..1 fuego
esta/estas/estan/bien/puro/super fuego ..1 $/esa/esta/la
prendio/prendieron fuego ..1 choli/estadio/escenario/concierto/pista/cancha
pusieron_fuego/escribi-/escribieron/pintaron/pintado/pinto/pintada/rayaron/grafiti/graffiti/mural/dibuj-/letrero_que/
    dibujo/calcomania/pintura ..6 fuego/llamas/auxilio/muerte/morir/matar/suicid-/bomba/pistola(s)/bala(s)/sangre/cuchillo/armas/
    arma/ayuda/911/incendio/calavera/balazos/muerto
cuchillo/pistola/arma/bomba/navaja ..1 dibujad-/pintad-/de_juguete/de_agua/neumatica/de_clavos/de_pintura/de_radar/de_aire/
    de_cocina/de_silicon/de_plastico/de_balines/de_mentira/de_aire/bueno
clavando/clavan/clavadora/taller/ruido ..2 pistola
como/igual_que ..1 bomba/explosion/explosiones/terremoto/infarto/canonazo/pistola/guerra/escena_de_crimen
parece(n)/pareciera/parecia/mas_que ..1 balazo(s)/balacera/disparo(s)/bomba/bombazo/explosion/
    explosiones/pistola/tiros/guerra/escena_de/muerto/cementerio/infarto/terremoto/zona_de/balas/tiroteo/canonazo/sangre
fuegos/cohete(s)/cuetes/petardo(s)/escape/mofle(s)/truena(n)/cohetones/petardazo ..4 como/parecen/parece ..2 balazo(s)/balacera/disparo(s)/
    bomba/bombazo/explosion/pistola/tiros
cohete(s)/cuete(s)/petardo(s)/cohetones ..3 explot-/tron-/explosion(es)
te/como/tu llamas
si/cuando/que ..1 llamas/llames
estacion/estaciones/compania/cia/recibo/bill/cuenta/medidor(es)/precio/camion/camiones/bomba(s)/pago/servicio/contador/bil/trabajadores/
    cuadrilla/empresa/biles/tarjeta/parche ..1 de/del/con_el/la_del? gas
los/la/el del gas
pasto/estufa/parrilla/asador/podadora/calenton/boiler/calentador/sopladora ..1 de gas
gas_station/gas_company/gasolina_cara/gas_natural_sube/gas_lp
conos/zanja/trabajos/obra/fuga_de_gas_de/reparacion/parche/hoyo ..5 fuga_de_gas_de_MONTH/del_gas/de_la_del_gas
humo/olor/huele/oler ..4 mota/marihuana/cigarro(s)/cigarrillo(s)/tabaco/vape/carne_asada/asador/barbecue/bbq/parrilla/barbacoa/
    mosquitos/escape/diesel/caca/basura/cano/popo/incienso/weed/carbon/chimenea/camiones/camion/guaguas/lena/fogata/asada/pescado/
    muerto/orines/pupu/cloaca/drenaje/comida/grasa/restaurante/copal/buses/tacos/trocas/mofle
mota/marihuana/cigarro(s)/cigarrillo(s)/carne_asada/asador/asado/barbecue/bbq/parrilla/barbacoa/chimenea/fogata/camion/camiones/buses/
    guagua(s)/mofle/escape/carne/troca(s)/taqueria/restaurante/diesel/trailer/trailers/motor/trocas/asan/asando/fuman/
    fumando/fuma/hookah/cocina_del_restaurante ..5 humo/humareda/humazo/huele/apesta
agua ..4 huele/olor/sabe/sabor ..1 cloro/huevo_podrido/gasolina/azufre/quimico(s)
huele/olor/apesta/hiede ..2 huevo_podrido ..4 agua/coladera/drenaje/basura/alcantarilla/canal
drenaje/alcantarilla/basura/coladera/lago/canal ..3 huevo(s) podrido(s)
agua ..1 esta caliente/hirviendo
me/nos/les/te/se ..1 mata/matan/mato/esta_matando/estan_matando/matando/mataba/va_a_matar/asesina ..3 risa/coraje/estres/calor/
    ruido/aburrimiento/hambre/llanta(s)/bache(s)/hoyo(s)/rin/suspension/espalda/humo/musica/olor/frio/semaforo/trafico/carro/
    nervios/renta/peste/manana/bocina/pena/sueno/perros/perro/curiosidad/tos/alergia(s)/flojera
ciudad/bache(s)/calor/ruido/musica/vecino/olor/alergia/alergias/polen/trafico/renta/estres/frio/juego/semaforo/nivel ..3 me/nos ..1 mata/
    matan/mato/matando/esta_matando/estan_matando/asesina
mama/jefe/esposa/esposo/marido/mujer/papa ..2 me ..1 va_a_matar/mata/quiere_matar/matarme
mi_mama/mi_esposa/mi_jefe/mi_jefa ..2 por_matarme/me_mata
muerto(s)/muerta(s)/muero/muriendo/morimos/muriendome/morir/morirme/mueren/muriendonos de ..2 calor/hambre/frio/risa/sed/sueno/
    aburrimiento/pena/coraje/verguenza/ganas/miedo_con/nervios/tristeza/cansancio/curiosidad/la_pena/la_risa/la_verguenza
me_muero ..1 por/si/con_ese/con_esta/con_este
casi/por_poco/a_punto/ya_mero/poco_falta/apenas ..5 mat-/mata/mato/mataba/mato_en/atropell-/atropello/chocan/choco/chocamos/choque/
    muero/infarto/caigo/cae/cai/me_caigo/pegan/pega/ahog-/muere/morimos/estrell-/llevan/lleva/golpea/accidente/infarta/aplasta/
    arrolla/llevo/mi/ataca/muerde/electrocut-
va_a/van_a/puede/podria/pueden/podrian/vaya_a/vayan_a/va/iban_a/hasta_que/antes_de_que/para_que/ocasionar/causar/provocar/esperan_a/
    esperan_que/hasta/vayan/evitar/puedan/pudiera/iba_a ..2 atropell-/un_accidente/accidente(s)/matar_a_alguien/matarse/
    matar_a_un_nino/choque(s)/haya_un_accidente/chocar/morir/mate(n)/muera/haya_muertos/un_muerto/herid-/lastim-/desgracia/tragedia/quemar/
    incendi-/explot-/un_incendio/ahog-/caer_alguien/electrocut-/maten/muerto/suceda/pase_una/haber_un/haber/un_choque/ser_un ..3 alguien/un/
    una/ahi/aqui/nino(s)/a/$/si/mi/dia/con/se/por/en
alguien/gente/uno/nino(s)/persona/peaton/a ..1 se? va_a/puede/podria/pueden/van_a ..2 matar/mata/morir/caer/lastimar/ahogar/herir/
    electrocutar/atropellar/romper/golpear/perder/tropezar/quemar/quebrar/cortar
se/uno va/van/vaya/puede a? matar/ahogar/electrocutar/lastimar alguien/un/una/uno/ahi/si/por
se/uno mata(n) ..3 en/alguien/si/hoyo/escalones/bache
un_dia/algun_dia/un_dia_de_estos/cualquier_dia/el_dia_que ..6 atropell-/matar/mata/accidente/muert-/incendio/fuego/prende/choque/quem-/
    lastim-/muere/ahog-/explot-
accidente(s)/choque(s) ..2 seguido/a_cada_rato/siempre/cada/este_ano/constantes/frecuentes/todos_los/han_habido/ha_habido
muchos/varios/tantos/tres/cuatro/cinco/mas/otro/dos/ha_habido/van/tantas/cuantos ..2 accidentes/choques/atropellados
han_habido/ha_habido/hubieron/hay_muchos/hay_varios/ya_hubo/cada_rato ..3 accidente(s)/choque(s)/atropellad-
ANIMAL ..6 atropell-/muert-/herid-/murio/murieron/aplastad-/malherid-/no_respira/golpead-/envenen-/lastimad-/ahogad-/atrapad-/atorad-/
    encerrad-/sangr-/desangr-/desmay-/abandonad-/sin_vida/electrocut-/viva/respira/matando/matandose/aullando/se_cayo/cayo/hinchad-/perdid-/perdio/perdi-/no_aparece/cojeando/solo(s)/mueve
atropell-/atropey-/atropello/mataron/mato/muri-/murio/muert-/herid-/golpear-/golpeo/aplast-/pegaron_a/respira/atrapad-/atorad-/
    encerrad-/perdi-/perdio/envenen-/ahog-/electrocut-/lastim-/secuestr-/encerraron/matando ..3 ANIMAL
ANIMAL ..3 muri-/mata/mato/matan/mordio/ataco ..2 ANIMAL/gallinas/mi_gato/mi_perro/otro_perro/mis_gallinas/otro
muerto(s)/muerta(s) ..2 en_la_carretera/a_la_orilla/de_la_risa ..2 ANIMAL
se_perdio/se_me_perdio/perdi/se_escapo/extravie/extravio/no_encuentro/no_hallo/encontre ..2 ANIMAL/cartera/llaves/telefono/celular/paquete/
    bote/tarjeta/pagina/boton/numero/folio/casilla
THING ..4 chocad-/choco/chocaron/atropell-/tumbad-/muert-/herid-/quemad-/golpead-/aplast-/robad-/balead-/destroz-/secuestr-/mat-
chocaron/choco/choque/estrell-/atropell-/golpe-/aplast-/mato/mataron/tumbo/pego/pegaron/dispararon/balearon/tiraron/asalt-/quebr-/
    estamp-/agarr- ..1 con/contra/el/la/al/a/un/una/los/mi/ese? ..1 THING/buzon
carro(s)/casa/coche/moto/troca/van/edificio/foco/bombilla/luz/lampara/poste/colchon/sillon/todo_lo/cosas/frijoles/tablas/techo/bombillo/
    pasto/arbol/llantas ..2 quemad-/chamuscad-/incendiad-
se ..2 quemo/fundio/quemaron/queman/prende/quema ..3 foco(s)/bombilla(s)/bombillo(s)/lampara(s)/luz/luces/faro(l)/luminaria(s)/frijoles/
    comida/arroz/semaforo/pila
quemaron/quemado/quemada/quemados/quemadas ..3 ahi/hace/colchon/carro/basura/MONTH
foco(s)/bombilla(s)/lampara(s)/luz/luces/luminaria(s)/faro/farol ..3 quem-/muert-/apagad-/fundid-/explot-/fundio
sol/ojos/ventana/luz ..2 me ..1 quema
quema(n)/quemando/quemar basura/hojas/cables/llantas/ramas/mota/incienso/yerba/plastico/carbon/lena
prende(n)/prenden/hacen/fogata(s)/prendiendo/queman ..2 fogata(s)/fuego ..3 zafacones/campamento/parque/todas/noche(s)/carpas
cenizas/ceniza ..2 fuego/fogata/incendio
despues/desde/del/donde_fue/barreras/escombro/por/resto(s)/quedo/de_cuando_el ..1 del/de/el/fue_el/un? incendio(s)/fuego/choque/accidente/
    explosion/balacera/derrumbe/huracan
ya apagaron/se_apago/lo_apagaron/apagado/sofocaron/se_la_llevaron/se_lo_llevaron/se_llevaron ..3 fuego/incendio/lumbre/todo/$
incendio/fuego ..3 fue/apagado/ayer/en_la_tele/pasado
va_a_dar/iba_a_dar/dan/da/dio/dieron/dar un ..1 infarto(s)/ataque/derrame/patatus ..4 coraje/cuenta/domingo/enojo/susto/grito/telefono/renta/
    precio/bill/recibo/cada/del/de_ver/con
de un infarto/susto
es/parece/seria/como un suicidio
suicidio/suicida ..2 cruzar/bajar/caminar/manejar/doblar/pasar
corazon/garganta/alma/pecho partio/partido/roto
emergencia/incendio/secuestro/asalto del/de_mi/de_la/de_barcelona/en_la ..1 corazon/moda/telenovela/rosa/novela/tele
gasolina/precio(s)/renta/cobro/factura/recibo/multa/cobraron ..4 asalto/robo
es_un/son_un/puro/parece asalto/robo/atraco/crimen
asaltaron/asalto/asalta ..1 las/la/una ganas/duda/dudas
auxilio/socorro/ayuda ..2 mis_oidos/se_me_quemaron/jaja/con_la_tarea/una_persona_de_verdad/con_el_ingles/no_le_entiendo/no_entiendo/
    aplicacion/app/una_persona/humano/con_mi/con_los/con_el/con_la/para/de/economica/social/legal
grita/dice/gritando auxilio desde_el_techo/jaja
casas/escena/pelicula(s)/peli/novela/serie/juego/videojuego/cancion/capitulo/noticias ..3 balacera(s)/crimen/muertos/matan/asesin-/
    secuestr-/mato/muere/incendio/explosion/disparos
mataron/mato/matamos/masacre ..3 equipo/presion/tiempo/partido/luz
mata/matar/matan/mate ..2 mosquitos/ratas/cucarachas/mosco(s)/hormigas/tiempo/yerba/maleza/zancudos/hierba/plagas/termitas/ratones
ahoga(n)/ahogan/ahogando/ahogado/ahogar/ahogan_las ..3 matas/plantas/basura/pasto/jardin/mosquitos/trabajo/deudas/drenaje/hojas/
    maleza/arbol/arboles/zacate/alcantarilla/humo_del/de_risa
drenaje/coladera/alcantarilla/jardin/arbol(es)/planta(s)/pasto/rejilla/roble/motor ..3 ahog-/asfix-/ahorc-/atragant-/estrangul-
hiedra/enredadera/rama(s)/maleza ..4 ahorc-/ahog-/asfix-/atac-/estrangul-/pega(n)/pican/golpe-
me ..1 pega(n)/golpe- ..2 sol/luz/cabeza/cara/ramas/ventana/recamara
luz/sol/rama(s)/letrero/senal/farol ..6 pega(n)/pegan/golpe-
poste/pared/grifo/planta/llanta(s)/tire/goma/bolsa(s)/sandia/chisme/globo/zafacon ..2 explot-/revent-/exploto/estallo/pinchad-
exploto/reventaron/revento/estallaron ..3 llanta(s)/goma(s)/bolsa(s)/chisme/globo/bote/cabeza/risa/raiz/banqueta
la raiz/raices ..3 revent-/levant-
aplasto/aplastaron/aplastado ..2 buzon/bote/zafacon/carro_vacio/scooter/basura
carro/coche/troca ..2 vacio/abandonado
numero/telefono/linea/correo/pagina/oficina/estacion/denuncia/reporte/horario/queja/quejas/examen/carrera/academia/desfile/evento/acostado ..4
    policia(s)/bombero(s)/emergencia(s)/911
policia acostado/muerto
policia/ambulancia/bomberos/patrulla(s)/paramedicos ..3 no_puede/no_pudo/no_pasa/no_pueden/no_puedan/no_hace/nunca/tarda/se_perdio/
    tuvo_que/batall-/dejo/pudo/pasa/vieja/abandonada/cobra/paso/cuesta/no_cabe/vienen/estacionad-
pasa(n)/pasar/pase/pasen/cabe/entrar/espacio/entrada/salida/ruido/costo/cobro/bill/recibo/puede/sirena(s)/camion/bahia/lugar/puesto/
    aullando/impide/rampa/vinieron/vino/llegaron/llego ..4 ambulancia(s)/bomberos/emergencia(s)/patrulla(s)
reportar/reporte/poner/donde_pongo/denuncia/quiero_poner/como_pongo/queja/hacer ..6 robaron/denuncia/robo_de/asalto ..3 hace/pasado/anoche/
    ayer/denuncia/policia
mas/mande/manda/mandar/mandan/pongan/ponen/falta/faltan/haya/quiero/queremos/puesto/metan/hace_falta/necesitamos/pedimos/puedes_mandar/
    pueden_mandar/puede ..1 mas/ni_una/vigilancia ..2 patrulla(s)/patrullaje/policia(s)/vigilancia
este/es/son ..3 numero ..2 emergencia(s)
hospital/sala/cuarto/entrada/salida/puerta/luz/freno/luces/telefono/boton/contacto/zona/fondo/clinica/reparacion/plomero/vivienda/refugio/
    boton/llanta ..1 emergencia(s)
no_es_nada/nada grave/urgente
si/por_si/cuando/en_caso/caso ..4 emergencia(s)/incendio(s)/fuego/accidente
si hay ..2 fuego/incendio/emergencia/gas
sangre ..4 seca/de_un_animal/de_animal/pintura/venado/perro/mancha(s)/vieja/donar
mancha(s)/pintura/gota(s)/dono/donar/venda(s)/gasa(s)/donacion/tipo/examen/prueba ..4 sangre
jeringa(s)/jeringuilla(s) ..3 tirad-/en_el_parque/regad-/parque/sangre/usad-
clinica/hospital/doctor/medico/seguro/dialisis/vacuna ..4 emergencias/ambulancia/infarto
golpe de ..1 estado/suerte/calor_en_la_cancha
pelea/peleando/peleas ..2 gatos/perros/gallos/parqueo/estacionamiento/espacio/lugar/box/ufc
grita/gritan/gritando/gritos/griterio ..4 gol/como_locos/cancha/nino(s)_jugando/partido/musica/jugando/fiesta/toda_la_noche/solo/futbol
nino(s)/muchachos/borrachos/gente/vecinos ..3 gritan/gritando/gritos ..3 mucho/cancha/toda/parque/jugando/noche/fiesta
duerme/durmiendo/dormido/dormida/duermen/acampando/viviendo/vive(n) ..4 parada/calle/carro/parque/banca/carpa/escalera(s)/puente/entrada
hambre/sed/sueno ..2 muerto/muriendo
bomba(s) ..1 de_agua/de_gasolina/plena/puertorriquena/del_pozo/de_aire/de_tiempo/del_parque/nuclear
ruido/sono/sonido/suena ..3 bomba/bombazo/explosion(es)
mina/campo/cementerio/esqueleto/asesin- ..2 bache(s)/hoyo(s)/muert-/bicicletas
bache(s)/hoyo(s)/semaforo(s)/calle(s)/lampara(s)/arbol(es)/poste(s)/letrero/pasto/planta/esquina ..3 asesin-/muert-/mortal(es)/de_la_muerte
lamparas/luces/luz/letrero/senal/llanta/semaforo(s)/planta(s)/pino/arbol/ceiba/jardin/bateria/piscina/zona/calle/carga ..3 muert-
muerto/muerta/muertos/muertas en_la_calle_el/de_la_risa/de_miedo_en
hielo/nieve ..3 me_cai/resbal-
me/se resbal- ..4 hielo/nieve
alto(s)/bordo(s)/semaforo/policia/patrulla/topes/camaras ..2 urgente
gato/perro/mapache/pajaro/ardilla ..3 atrapad-/atorad-
saque(n)/sacar ..1 basura/perro
cable(s)/alambre(s)/linea(s) ..2 telefono/internet/cable_tv/fibra/spectrum/xfinity/att/comcast/tv/television/la_bici/la_television/datos/
    tendedero/la_compania_de_cable/verizon/frontier/optimum
bote(s)/basura/basurero/zafacon/contenedor ..4 llevaron/robaron
llevaron/robaron/robo ..2 bote(s)/basura/zafacon/letrero/planta(s)/paquete(s)/bici/bicicleta/placa(s)/tapa/cable/plantas
baja/bajo/baje/subio/subieron/cierra ..1 volumen/musica
ayuda para/con/de/a/economica/por_favor_con/social
no/ya_no ..1 responde(n)/contesta(n)/habla(n)/contestan ..4 nadie/telefono/mensaje(s)/correo(s)/llamadas/oficina/ciudad/311/bot/ingles/landlord/
    dueno/semaforo/boton/casero/manager/espanol
corriente ..1 de_aire/electrica_se_fue/cara
novio/novia/ex/ella/el me dejo/engano
me apunalo por_la_espalda/en_el_trabajo
temor/miedo ..2 por/de/que ..3 nino(s)/salir/cruzar/perro(s)/caminar/se/un_dia/caiga
quien gana
me dieron/dio/da un_susto
"""

# Where one of these stands, rules that only hold while it is happening are silent.
PAST = """
ayer/anoche/antier/anteayer/antenoche/anteanoche/antes_de_ayer/anochi
la_semana/el_mes/el_ano/el_verano/el_invierno/el_otono/la_primavera/la_noche/el_SEASON/la_SEASON pasado/pasada/anterior
WEEKDAY/MONTH pasado/pasada
el/este/los/desde_el/cada/todos_los/del/un WEEKDAY
WEEKDAY ..2 en_la_noche/por_la_noche/en_la_manana
en/de/desde/del/a_principios_de/a_finales_de ..1 MONTH
fin_de_semana/cada_vez_que_pasa(n)/cada_vez_que_llueve/esta_manana/hoy_a_las/el_otro_dia/la_otra_vez/la_otra_noche/la_vez_pasada/hace_tiempo/hace_mucho_tiempo/hace_unos/alguna_vez/una_vez/el_otro_ano/aquella_vez
hace/lleva(n)/desde_hace/tiene(n) ..3 dia(s)/semana(s)/mes/meses/ano(s)/rato_largo/tiempo/siglos
cada/todas_las/todos_los/casi_todas_las/todo_el/toda_la ..1 dia(s)/noche(s)/semana(s)/fin(es)_de_semana/fines/tarde(s)/manana(s)/
    mes/meses/ano/verano/domingo/partido/invierno/aguacero/tiempo/semana
siempre/seguido/a_cada_rato/de_vez_en_cuando/diario/a_diario/a_veces/normalmente/antes/muchas_veces/varias_veces/nunca/usualmente/otra_vez_como_siempre
este/en_este/ese/en_el/el ano/YEAR
en YEAR
ya_apagaron/ya_lo_apagaron/ya_se_apago/ya_paso_todo/falsa_alarma/ya_lo_arreglaron/ya_vinieron/ya_no_hay/ya_se_fueron/ya_lo_quitaron/
    ya_termino/ya_se_los_llevaron/ya_se_lo_llevaron/no_paso_nada/todos_bien/estoy_bien/estamos_bien/gracias_a_dios_no/ya_esta_bien/
    jaja/jajaja/jajajaja/jeje/lol/xd/jaj-
donde_pongo/donde_denuncio/poner_una_denuncia/poner_la_denuncia/hacer_un_reporte_de_robo
"""

# It is happening, whatever else the message tells of.
STILL = """
ahorita/ahora_mismo/en_este_momento/en_estos_momentos/ahora_mismito/acaba(n)_de/acaba/acaban/apurense/apurenle/no_respira/se_esta_muriendo/
    auxilio/en_este_instante/ya_mismo/inmediatamente/apurele/no_despierta/no_reacciona
"""
