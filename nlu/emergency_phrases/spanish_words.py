"""Spanish: spellings and word lists; see `nlu.phrasebook`."""

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
    "EL": """
el/la/los/las/un/una/unos/unas/mi/mis/su/sus/tu/al/del/de_la/este/esta_casa/ese/otra/otro/aquel""",
    "ESTA": "esta/estan/estaba/estaban/estoy/estamos/sigue/siguen/anda/andan",
    "NO": "no/ya_no/tampoco/apenas/casi_no/sin/dejo_de",
    "KID": """
nino(s)/nina(s)/nene(s)/nena(s)/bebe(s)/chamaco(s)/chamaca(s)/hijo(s)/hija(s)/chamaquito/chamaquita/morrito/
    morrita/chavito/chavita/criatura/menor/sobrino/sobrina/nieto/nieta/hermanito/hermanita/abuelo/abuela/
    abuelito/abuelita/chiquillo/chiquilla/nin/mama/papa/suegro/suegra/chaparrito/pequeno/pequena/viejita/
    viejito/alumno/alumna/ninas/recien_nacido""",
    "LITTLE": """
bebe(s)/recien_nacido/nene/nena/ninito/ninita/nino_chiquito/nino_de/nina_de/chamaquito/chiquito/criatura""",
    "PERSON": """
KID/hombre(s)/mujer(es)/senor(es)/senora(s)/senorita/muchacho(s)/muchacha(s)/muchachito/muchachita/chavo(s)/
    chava(s)/joven/jovenes/jovencito/jovencita/tipo(s)/tipa/wey/guey/vato(s)/morro(s)/morra/chico(s)/chica(s)/
    anciano(s)/anciana/viejo/vieja/don/dona/esposo/esposa/marido/novio/novia/pareja/mami/papi/madre/padre/apa/
    ama/jefita/jefe/tio/tia/primo/prima/hermano(s)/hermana(s)/suegro/suegra/cunado/cunada/yerno/nuera/padrastro/
    madrastra/vecino(s)/vecina(s)/amigo(s)/amiga(s)/companero/companera/roommate/compadre/comadre/compa/
    persona(s)/gente/alguien/ciclista/motociclista/peaton(es)/trabajador/trabajadores/obrero(s)/albanil(es)/
    conductor/chofer/pasajero(s)/estudiante(s)/maestra/maestro/cliente/cajero/cajera/repartidor/indigente/
    homeless/vagabundo/borracho/familia/corredor/policia/oficial/tata/nana/abue/guardia/patron/dama/caballero/
    adolescente/embarazada/ella/motorista/turista/ladron/ladrones/loco/sujeto/individuo/adulto/companeros/
    bomberos_heridos""",
    "HOUND": """
perro(s)/perra/pitbull(s)/pit_bull(s)/pit(s)/pitbul/rottweiler/pastor_aleman/coyote(s)/oso/puma/jauria/
    perrazo""",
    "BITES": """
mordio/mordieron/mordiendo/muerde/morder/mordido/mordida/mordiendole/ataco/atacaron/atacando/ataca/agarro/
    destroz-/despedaz-/mordisque-/mordieran""",
    "MAULS": "mordiendo/atacando/ataco/atacaron/ataca/destroz-/despedaz-/mordiendole",
    "VEHICLE": """
carro(s)/coche(s)/auto(s)/automovil/troca(s)/troque/troka/camioneta(s)/camion/camiones/bus/autobus/guagua/
    una_van/la_van/van_blanca/van_negra/moto(s)/motocicleta/motora/trailer/tractor/taxi/uber/tren/metro/pipa/
    suv/pickup/picap/vehiculo(s)/jeep/patrulla/minivan/trolebus/bicicleta/bici/scooter/combi/rastra/gandola/
    tanquero/camper/rufa""",
    "CYCLIST": "ciclista/peaton/nino/nina/senor/senora/muchacho/muchacha/motociclista/bicicleta/PERSON",
    "BURNS": """
casa(s)/casita/departamento(s)/depa/depas/apartamento(s)/apto/edificio(s)/cocina/cuarto/recamara/sala/garage/
    garaje/cochera/sotano/tienda/negocio/restaurante/escuela/iglesia/bodega/almacen/fabrica/taller/traila/
    trailas/trailer/mobile_home/techo/azotea/hotel/hospital/asilo/piso/campamento/carpa(s)/casa_de_campana/
    rancho/ranchito/granero/mercado/local/VEHICLE/secadora/estufa/horno/sarten/aceite/comal/arbol(es)/zacate/
    cerro/monte/pasto/pastizal/bosque/lote/terreno/llano/yerba/hierba/matorral/colchon/sofa/bateria/patineta/
    cable(s)/alambre(s)/poste/transformador/enchufe/tomacorriente/contacto/basura/basurero/basural/zafacon/bote/
    contenedor/dumpster/cortina(s)/cama/pared/cerca/lena/llantas/vecindad/campo/gasolinera/microondas/
    calentador/boiler/laptop/chimenea/motor/carreta/palma(s)/loma""",
    "STRUCTURE": """
edificio/casa/techo/pared/barda/muro/andamio/balcon/puente/escalera(s)/grua/tarima/gradas/losa/excavacion/zanja/
    mina/construccion/obra/tunel/estacionamiento/piso/cielo_raso/plafon/porche/terraza/bodega/marquesina/torre/
    talud/cerro/montana/ladera/carpa/escenario/trinchera""",
    "PLANT": """
fabrica/planta/refineria/bodega/edificio/casa/tanque/gasolinera/laboratorio/restaurante/transformador/
    pirotecnia""",
    "WIRE": """
cable(s)_de_luz/cable(s)_de_la_luz/cable(s)_de_alta/cable(s)_de_alta_tension/cable(s)_electrico(s)/
    cable(s)_de_corriente/cable(s)_de_electricidad/alambre(s)_de_luz/alambre(s)_de_la_luz/
    alambre(s)_de_corriente/alambre(s)_electrico(s)/alambre(s)_de_alta/linea(s)_de_luz/linea(s)_electrica(s)/
    linea(s)_de_alta/linea(s)_de_corriente/tendido_electrico/cable(s)_vivo(s)/cableado_electrico/alta_tension/
    cable(s)_con_corriente/cable(s)_del_poste/power_line(s)/cable(s)_pelado(s)""",
    "DOWN": """
caido(s)/caida(s)/tirado(s)/tirada(s)/cayo/cayeron/callo/suelo/piso/calle/banqueta/acera/colgando/reventado(s)/
    reventada(s)/revento/rompio/roto(s)/rota(s)/trozado/botado(s)/charco/yarda/patio/atravesado(s)/en_medio/
    brincando/partio/tumbo/tumbaron/arranco/arrastro/reventaron/suelto(s)/guindando""",
    "BODYWATER": """
agua/rio/lago/laguna/alberca/piscina/canal/mar/playa/pozo/cisterna/arroyo/quebrada/presa/represa/estanque/
    zanja_con_agua/oceano/muelle/bahia/cano/acequia/jacuzzi/olas/pileta/tinaco""",
    "LLEVO": """
llevo/lleva/llevando/llevaron/arrastro/arrastra/arrastrando/jalo/jala/trago/llevandose/esta_llevando/llevarse""",
    "WEAPON": """
pistola(s)/pistolon/arma(s)/rifle(s)/escopeta/cuchillo(s)/cuchillon/navaja(s)/machete(s)/punal/hacha/fusil/
    metralleta/revolver/cuerno_de_chivo/gun/cuerno/katana/espada/verduguillo/picahielo/cuete_en""",
    "HOLDS": """
con/trae/traen/trai/traian/tiene/tienen/saco/sacando/sacaron/saca/apunta/apuntando/apunto/porta/portando/carga/
    cargando/agarro/ensen-/muestra/blande/empunando/agita/agitando/amenaz-/traia/empuna/jalo""",
    "SUBIO": """
subio/subieron/subiendo/metio/metieron/metiendo/metian/meter/jalaron/jalando/llevaron/llevo/llevan/forzaron/
    arrastr-/aventaron/trepar-/treparon/echaron/levantaron""",
    "ENTER": """
metiendo/metieron/metio/entrando/entraron/entro/colaron/colando/colo/colandose/metiendose/se_estan_brincando/
    metido""",
    "TRIES": """
tratando/trata/tratan/intentando/intenta/intentan/quiere/quieren/queriendo/intento/trato/trataron/tratado/
    intentaron""",
    "TOMO": """
tomo/tomaron/tome/tomado/trago/tragaron/trague/tragado/comio/comieron/comi/comido/bebio/bebieron/bebi/bebido/
    ingirio/metio_a_la_boca/metio/inyecto/tomando/tragando/tomar/injirio""",
    "SQUAD": """
ambulancia(s)/policia(s)/bomberos/paramedico(s)/patrulla(s)/911/la_ley/rescate/rescatistas/emergencias/los_emts/
    un_medico_ya/servicios_de_emergencia/swat/guardacostas/la_jura""",
    "NOFIND": """
no_encuentro/no_encontramos/no_encuentran/no_hallo/no_hallamos/no_aparece/no_lo_encuentro/no_la_encuentro/
    no_regresa/no_lo_hallo/no_la_hallo/no_lo_vemos/perdi_a/perdimos_a/perdio/perdimos_al/desaparecio""",
    "HOLLOW": "hoyo/hueco/agujero/hoyanco/crater/boquete/pozo/cavidad/hundimiento/bache",
    "LID": """
tapa(s)_de_alcantarilla/tapa(s)_de_la_alcantarilla/tapa(s)_del_registro/tapa(s)_de_registro/tapa(s)_del_drenaje/
    tapa(s)_de_drenaje/tapa_de_la_coladera/tapa_de_coladera/tapadera_del_registro/tapadera_de_la_alcantarilla/
    tapadera_del_drenaje/tapa_del_manhole/tapa_del_pozo/rejilla/rejilla_del_drenaje/parrilla_del_drenaje/
    rejilla_de_la_alcantarilla/tapadera_de_alcantarilla/tapon_de_la_alcantarilla/manhole_cover/tapa_de_manhole/
    tapa_de_la_cloaca/tapadera_de_la_coladera/tapa_del_contador_de_agua""",
    "STOP": """
senal_de_alto/senal_de_pare/letrero_de_alto/letrero_de_pare/letrero_de_stop/senal_de_stop/stop/stop_sign/
    el_alto/un_alto/el_pare/disco_de_pare/disco_pare/anuncio_de_alto/rotulo_de_pare/rotulo_de_alto/
    senalamiento_de_alto/disco_de_alto/altos/aviso_de_alto/letrero_del_alto/senal_del_alto/poste_del_alto/
    poste_del_stop/stop_s""",
    "TOPPLES": """
barda/muro/pared/balcon/anuncio/espectacular/techo/andamio/letrero/fachada/cornisa/grua/edificio/puente""",
    "ABOUT": """
a_punto_de_caer-/a_punto_de_caerse/por_caer/por_caerse/va_a_caer/se_va_a_caer/se_va_caer/se_anda_cayendo/
    se_esta_cayendo/ya_mero_se_cae/ya_casi_se_cae/va_a_caerse/a_punto_de_venirse/a_punto_de_derrumb-/
    a_punto_de_quebr-/ya_se_va_a_caer/se_quiere_caer/amenaza_con_caer-/va_a_tumbar/para_caerse/
    se_nos_va_a_venir/esta_por_venirse/se_va_a_venir/se_va_a_quebrar/tronando/crujiendo""",
    "ANIMAL": """
perro(s)/perra(s)/perrito(s)/perrita(s)/gato(s)/gata(s)/gatito(s)/gatita(s)/venado(s)/venada/ardilla(s)/
    mapache(s)/tlacuache(s)/zarigueya(s)/coyote(s)/zorrillo(s)/zorro(s)/zorra/pajaro(s)/pajarito(s)/paloma(s)/
    ganso(s)/pato(s)/patito(s)/caballo(s)/yegua/vaca(s)/gallo(s)/gallina(s)/pavo(s)/iguana(s)/conejo(s)/animal/
    animales/animalito(s)/cachorro(s)/cachorrito(s)/culebra(s)/rata(s)/raton(es)/murcielago(s)/buho/lechuza/
    cotorra/tortuga(s)/mascota(s)/chivo/chiva/puerco/cerdo/marrano/cuervo(s)/garza/aguila/halcon/pez/peces/
    chihuahua/pitbull/armadillo/oso(s)/caiman/delfin/ballena/gavilan/pollo(s)/husky/viralata/bichos/lagartija/
    tecolote/cabrito/bicho/possum/opossum/ciervo/alce/cabra/lagarto/cucaracha(s)/ternero/burro/oveja(s)""",
    "THING": """
letrero(s)/poste(s)/senal(es)/alto/stop/hidrante/barda/cerca/muro/pared/buzon/semaforo(s)/arbol(es)/bote(s)/
    zafacon/zafacones/parquimetro/banca/camellon/barrera/barandal/guardarrail/bolardo(s)/cono(s)/lampara(s)/
    farol/luminaria/caseta/porton/valla/jardinera/parada/pilon/rotulo/maceta/reja/boca_de_incendio(s)/
    toma_de_agua/cajon/cubeta/contenedor/estatua/banqueta""",
    "WEEKDAY": "lunes/martes/miercoles/jueves/viernes/sabado(s)/domingo(s)",
    "MONTH": """
enero/febrero/marzo/abril/mayo/junio/julio/agosto/septiembre/setiembre/octubre/noviembre/diciembre""",
    "SEASON": """
verano/invierno/otono/primavera/navidad/ano_nuevo/halloween/semana_santa/huracan/tormenta/ano/mes/semana/
    noche/vez""",
    "YEAR": "/".join(str(year) for year in range(2000, 2060)),
}
