"""Spanish: what fire, gas, power, water and falling things put people in danger of; see `nlu.phrasebook`."""

from __future__ import annotations

FIRE = """
humo por_todos/por_todas
quemando ..2 contenedores/contenedor/llantas_y/basureros
prendieron ..2 palmas/arboles/pasto/zacate/techo
no_puedo/no_podemos salir ..3 caliente/humo
resplandor ..1 naranja
incendio(s)/incendiando/incendiandose/incendiado_adentro
se/nos/me ..1 incendia/incendian/incendio/incendiaron/incendie EL
fuego(s)
lumbre ..3 en_la_casa/en_el_cuarto/en_el_terreno/en_el_lote/en_la_cocina/adentro/dentro/atras/junto/cerca/
    afuera/llegando/subiendo/grande/grandisima/altisima/crece/creciendo/pegada/y_ya
hay/ay/sale/veo/ven/ve/agarro/agarrando/echando/echa/avienta/aventando/tirando/lanzando/con/prendio/prendieron/
    mucha/metieron/pegaron/viene lumbre/candela/flamas/llamaradas
cogio/cogiendo/coge/metieron/prendieron/pegaron/prendio/hay/metio candela
lumbre .? lumbre
en/las/hay/con/ven/veo/salen/saliendo/echando/altas/puras/unas/entre/sus llamas
llamas ..3 altas/grandes/salen/saliendo/en/por/de/desde/hasta
se ..2 quema/queman/quemo/quemaron/quemando/prendio/prendieron/prende/prendiendo/ardiendo/encendio/encendieron/
    encendido/prendido ..3 BURNS
BURNS ..3 se ..2 quema/queman/quemo/quemando/prendio/prendieron/prendiendo/incendia/incendio/encendio/ardiendo
BURNS ..3 ESTA ..1 quemando/quemandose/ardiendo/prendida_en/prendido_en/prendiendose/incendiandose/encendido_en
ESTA quemandose/ardiendo/prendiendose/incendiandose ..3 BURNS/todo
ESTA ..1 ardiendo ..2 EL ..1 BURNS
ESTA ardiendo
arde(n)/ardio ..1 EL ..1 BURNS
se_esta/se_me/se_nos quema/quemando/quemo todo/EL ..1 BURNS/cosa
se_quema/se_esta_quemando/esta_quemandose todo/algo/alguien
me/nos/lo/la/los/le quemaron/estan_quemando/van_a_quemar vivo(s)/viva(s)
nos_quemamos/me_estoy_quemando/se_esta_quemando_vivo/se_esta_quemando_viva
ya agarro/alcanzo/llego ..3 fuego/lumbre/pared/techo/casa/arboles/casas/ranchito/cerca
ya agarro/alcanzo EL ..1 BURNS/cerca/barda
humo ..2 negro/espeso/denso/gris/blanco/naranja/bien_negro ..4 BURNS/ventana(s)/salir/sale/saliendo/pasillo/de/
    por/desde
sale/saliendo/salen/salio/saliendole/sube/subiendo/entra/entrando/sigue ..2 humo/humito/humareda/humaderal/
    humazo
humo ..2 sale/saliendo/salen/entra/entrando/entrandose/sube ..3 BURNS/ventana(s)/puerta/pared/pasillo/enchufe/
    panel/ducto(s)/rejilla/piso
echa/echando/tira/tirando/saca/sacando/bota/botando humo/humareda ..2 EL ..2 VEHICLE/transformador/poste/
    secadora/estufa/horno/enchufe/panel/bateria/caja/medidor
transformador/poste/secadora/estufa/horno/enchufe/panel/bateria/caja/medidor/breaker/tomacorriente/contacto ..3
    echa/echando/tira/tirando/saca/sacando/bota/botando/soltando/salio ..1 humo/chispas/lumbre/fuego/candela/
    flamas
lleno/llena/llenando/llenandose/lleno_todo de ..1 humo
hay/ay/mucho/muchisimo/puro/bastante/demasiado/un_monton_de humo ..3 en/adentro/dentro/saliendo/por/y/negro/$
no ..2 ve/vemos/veo/respirar/respiro ..4 humo
humo ..6 no_podemos/no_puedo/no_se_puede ..1 salir/respirar/ver
huele/olor/oliendo/huela ..3 quemado/quemandose/chamuscado/plastico_quemado/cable_quemado/humo ..6 pared/
    enchufe/cuarto/casa/adentro/dentro/edificio/pasillo/piso/panel/caliente/elevador/ascensor/cable(s)/
    tomacorriente/contacto/apartamento/departamento/sotano/techo/escuela
ascensor/elevador/pared/enchufe/panel/tomacorriente/edificio/pasillo ..8 huele/olor ..2 quemado
esta/hay/ay alarma ..4 humo ..3 sonando/suena/pitando ..4 gente/dormida/dormidos/adentro/mareada/mareados
alarma ..3 incendio(s)/humo/fuego ..4 y_huele/y_hay/y_sale/y_se_ve
molotov/bomba_molotov
le/les ..2 prendieron/prendio/metieron/metio/pego/pegaron/echaron/echo/prenden/estan_prendiendo fuego/lumbre/
    candela
quemando/quema ..3 fuera_de_control/salio_de_control/se_les_salio
BURNS .? en_llamas/fuego
BURNS ..2 humeando/echando_humo/en_llamas/encendido_en/echando_lumbre
quemo ..6 aceite_hirviendo/agua_hirviendo/hirviendo/toda_la_cara/la_cara/todo_el_cuerpo/vivo/viva/acido/
    las_manos
"""

GAS = """
tumbo/tumbaron/golpeo/choco/pego ..3 medidor ..3 gas/ruge/silba
gas ..3 ojos/llorosos
huele/olor/oliendo/huela/oler/apesta/peste/tufo/hiede/huelo/olemos/olorcito/huelen/olia/wele/uele ..4 gas
gas ..2 huele/apesta/olor/oliendo
fuga/escape/salida/salidero/liqueo/liquea/leak ..2 gas
gas ..3 fuga/fugando/fugandose/escapando/escapandose/saliendose/saliendo/se_sale/se_escapa/escapa/liqueando/
    chiflando
se ..3 saliendo/sale/salio/escapa/escapando/fuga/fugando/tirando/liqueando ..1 gas
tira/tirando/botando/bota/echando/sale/saliendo gas
rompi-/reventa-/reventaron/perfor-/quebr-/pico/picaron/pego/pegaron/dieron/cortaron/tumbaron/golpearon/jalaron/
    agujeraron ..4 tubo/tuberia/linea/manguera/toma/ducto/cano/medidor/pipa de_gas/del_gas
tubo/tuberia/linea/manguera/toma/ducto/cano/medidor de_gas/del_gas ..4 rot-/romp-/reventad-/revento/fuga/silba-/
    chifla-/suena/quebrad-/quebro/partid-/picad-/golpead-/arranc-
huevo(s)/huevito ..1 podrid-
azufre ..4 mareado(s)/mareada/estufa/casa/cocina/adentro
monoxido
tanque/cilindro/bombona/boila/garrafa/tambo/boiler/calentador/estufa ..4 fuga/se_sale/saliendo/saliendose/
    chifla-/silba-/silbando/tirando ..3 gas/mucho/y/$
deje/dejo/dejaron/dejamos/dejaste ..2 gas/llave_del_gas/estufa ..1 abiert-/prendid-/encendid-
se oye ..2 ss/s/sss/silbido/chiflido/fuga ..4 estufa/medidor/tubo/gas/tanque/calentador
mareado(s)/mareada(s)/vomitando/dolor_de_cabeza/vomito/mareo(s) ..8 calentador/generador/boiler/estufa/
    calefaccion/calenton/detector/anafre
calentador/generador/boiler/estufa/calefaccion/calenton/detector/anafre/brasero ..8 mareado(s)/mareada(s)/
    dolor_de_cabeza/duele_la_cabeza/vomito/vomitando/desmay-/dormidos
todos/los_cuatro/los_tres/los_cinco/toda_la_familia ..3 mareados/mareada/dolor_de_cabeza/vomitando/desmay-/
    duele_la_cabeza
carro/motor/camioneta/troca prendid-/encendid- ..4 puerta_cerrada/garage_cerrado/cochera_cerrada/con_la_puerta
tubo/tuberia ..6 sale_aire/apesta_a_gas/sale_gas
intoxic- ..4 gas/humo/monoxido/cloro
"""

WIRES = """
cable(s)/alambre(s) ..1 prendido(s)/encendido(s)/quemandose
WIRE ..4 DOWN
WIRE ..3 chispa-/chispe-/brinca-/brincando/zumba-/quemandose/echando/suelto(s)/vivo(s)/energizado(s)
cayo/cayeron/tumbo/arranco/tirado(s)/caido(s) ..3 WIRE
WIRE ..3 encima/sobre/arriba ..3 VEHICLE/PERSON/BURNS/agua
cable(s)/alambre(s)/linea(s)/poste(s)/poste_de_luz/tendido ..3 encima/arriba/sobre ..2 VEHICLE/PERSON ..6 gente/
    adentro/dentro/alguien/PERSON
cayo/cayeron/caido/cayendo ..4 WIRE
cable(s)/alambre(s)/linea(s)/tendido DOWN ..3 agua/charco/carro/VEHICLE/nino(s)/inundad-
cable(s)/alambre(s)/linea(s) ..5 chispa(s)/chispazo(s)/chispeando/chisporrote-/echa_lumbre/echando_lumbre/
    sacando_lumbre/brincando/pelado_vivo/electrificad-/dando_toques/da_toques/energizad-/quemandose/ardiendo/
    prendio/agarro_fuego
chispa(s)/chispazo(s)/chispero/chisperio ..6 cable(s)/alambre(s)/poste/transformador/caja/enchufe/luz/corriente/
    medidor/electric-/contacto/tomacorriente/lampara/panel/calle
echando/tirando/sacando/aventando/saltando/sueltan/soltando/botando/echa/tira/saca/avienta/salen/saltan/
    saliendo/hay/brincan/caen ..2 chispa(s)/chispazo(s)
chispeando/chisporrote-
poste/transformador/caja/enchufe/medidor/contacto/panel/lampara/farol/luminaria ..5 chispa(s)/chispazo(s)/
    toques/electrificad-/da_corriente/dando_corriente/energizad-/explot-/trono/revento/echando_lumbre/
    echa_lumbre/llamas
transformador ..3 exploto/trono/revento/tronando/quemandose/humo/quemo
exploto/trono/revento ..2 transformador/medidor/subestacion
electrocuto/electrocutad-/electrocutand-/electrocutaron/electrocutar-/electrocuc-
toque(s) ..3 corriente/fuerte/electrico(s)/poste/reja/agua
da/dando/dio/dan/pasa/daba ..2 toque(s)/calambre(s)/corrientazo(s)/descarga/corriente ..6 PERSON/reja/poste/
    agua/fuerte/me/lampara/banqueta/acera/fuente/cerca/pegad-
corrientazo(s)/descarga_electrica/choque_electrico
peg-/quedo/quedaron ..2 pegad- ..4 corriente/cable/reja/poste/luz
agarro/toco/agarraron/tocaron ..2 cable/alambre/corriente ..6 reacciona/mueve/respira/pegado/pegada/quemo/suelo/
    piso
le dio ..4 corriente
reja/cerca/poste/agua/charco/barandal/farol electrificad-/energizad-/tiene_corriente/con_corriente/
    esta_dando_corriente/da_corriente/electrificado
metio ..5 en/al ..1 enchufe/contacto/tomacorriente
"""

WATER = """
gente/familia(s)/personas ..2 atrapad- ..4 agua/rio/inund-/$
nos/me ..1 llega ..1 agua ..2 pecho/cuello/cintura
estamos/estoy ..2 en_el_techo/arriba_del_techo ..4 agua/rio/inund-/$
rio ..2 salio ..4 techo/casa/atrapad-
LITTLE/nino/nina/nene/hijo ..3 encerro ..2 en_el VEHICLE
se/me/nos ..2 ahoga/ahogan/ahogo/ahogaron/ahogando/ahogue/ahogar ..4 PERSON/alberca/piscina/rio/lago/mar/playa/
    canal/agua/pozo/cisterna/jacuzzi/tina/uno
PERSON ..6 se/me ..2 ahoga/ahogo/ahogando/ahogandose/ahogado_en/ahogaron
ahogandose/ahogando
se_ahoga/se_ahogo/me_ahogo/se_ahogan
ahogado(s)/ahogada(s) en ..1 BODYWATER
cayo/cayeron/cae/se_fue/se_fueron/resbalo/hundio/hundieron ..4 al/a_la/en_el/en_la/para_el/en_un/en_una/a_un/
    a_una BODYWATER
PERSON ..3 tiro/tiraron/aventaron/avento/brinco/metio/metieron/fue ..3 al/a_la/en_el/en_la/para_el BODYWATER
se tiro/avento/lanzo al/a_la BODYWATER
PERSON ..4 flotando ..3 BODYWATER/boca_abajo/$
flotando ..4 boca_abajo/PERSON/cuerpo
cuerpo ..2 flotando/en_el_agua/en_el_rio/en_el_lago/en_el_canal
boca abajo ..3 BODYWATER
agua/rio/corriente/quebrada/creciente/ola(s)/arroyo/inundacion/mar/viento ..3 LLEVO ..4 PERSON/VEHICLE/casa(s)/
    uno/mar_adentro
lo/la/los/las/me/nos/se_lo/se_la/se_los/se_las ..1 LLEVO ..2 corriente/agua/rio/mar/creciente/quebrada/ola/
    arroyo
LLEVO ..1 EL corriente/agua/rio/mar/creciente/quebrada/ola/resaca
LLEVO ..2 VEHICLE/PERSON/casas ..2 agua/corriente/rio/arroyo/quebrada
arrastr- ..3 corriente/rio/agua/mar/ola/resaca/arroyo
corriente/rio/agua/mar/ola/resaca/arroyo ..4 arrastr- ..4 PERSON/VEHICLE
volco/volteo/hundio/hundiendo/hundieron/vuelta ..3 yola/lancha/bote_con/bote_de_pesca/kayak/canoa/balsa/barco/
    velero
lancha/yola/kayak/balsa/barco ..3 hundi-/volte-/volco
mar adentro
debajo_del/bajo_el/abajo_del agua ..3 no/mucho/rato/PERSON/$
no ..1 sale/salio/salen/salido/ha_salido/puede_salir del/de_la/de_un/de BODYWATER
PERSON ..6 BODYWATER ..4 no ..1 sale/salio/salen/ha_salido/puede_salir/sabe_nadar
no ..1 sabe(n)/se/puede(n) nadar ..3 ayud-/BODYWATER
hay/esta alguien/PERSON/uno ..1 en ..1 rio/lago/canal/agua/mar
agarrad-/colgad-/trepad-/aferrad- ..4 rama/arbol/poste/techo/piedra ..6 rio/agua/corriente/crecid-/inund-
agua/inundacion ..3 subiendo/sube/creciendo/entrando/entro/metio ..8 techo/no_podemos_salir/no_puedo_salir/
    atrapad-/arriba/segundo_piso/cuello/cintura/pecho/bebe/mesa/familia/gente/personas
atrapad-/atorad-/atascad-/varad- ..8 inund-/crecid-/corriente/agua_sub-/agua_entrando/agua_sigue
estamos/estoy/estan/hay_gente ..4 techo/cofre/cajuela/arriba ..6 agua/inund-/rio/corriente
gente/PERSON/familia ..3 adentro/dentro/atrapad- ..6 agua/inundad-/rio
agua ..4 al_cuello/hasta_el_cuello/hasta_el_pecho/a_la_cintura/hasta_la_cintura
agua ..6 familia/gente/nino(s)/personas ..2 adentro/dentro/atrapad-
carro/VEHICLE ..3 flotando/hundiendo/hundiendose/sumergid-/en_el_agua ..6 gente/adentro/dentro/PERSON/puertas
rompiendo/rompio/reventando/revento ..2 represa/presa/dique/bordo_del_rio
LITTLE/nino(s)/nina(s)/bebe(s)/nene/nena/chamaco(s) ..3 encerrad-/solo(s)/sola/adentro/dentro/amarrad-/dormid-/
    olvidad- ..4 VEHICLE
VEHICLE ..6 LITTLE/bebe(s)/nino/nina/ninos ..3 adentro/dentro/encerrad-/solo(s)/sola ..6 calor/sol/vidrios/
    ventanas/cerrado/llorando/dormido
dejaron/dejo/deje/encerr-/quedo/quedaron ..3 LITTLE/nino(s)/nina(s)/bebe/nene/nena/hijo/hija ..4 VEHICLE
LITTLE/bebe ..4 suv/carro/van/camioneta/troca ..6 vidrios/sol/calor/ventanas/cerrad-
nos/lo/la/los agarro la marea
se_rompio/se_quebro/se_abrio/rompio ..1 hielo ..6 PERSON/adentro/cayo/abajo
salvavidas ..6 ayuda/pidiendo/olas
pidiendo/pide ..2 ayuda ..4 olas/agua/mar/rio
"""

COLLAPSE = """
cayo/cayeron ..1 edificio/puente/gradas/andamio/balcon
trago ..2 VEHICLE ..3 con/PERSON/gente
STRUCTURE/ropero/arbol/refri ..2 cayo al/a_la/a_mi PERSON
PERSON ..2 ESTA debajo
derrumb-/desplom-/colaps-/vino_abajo/vinieron_abajo/venimos_abajo ..4 STRUCTURE
STRUCTURE ..4 derrumbo/derrumbaron/derrumbando/derrumbandose/desplomo/desploman/desplomando/colapso/colapsaron/
    vino_abajo/vinieron_abajo/derrumbe
derrumbe/deslave/alud/avalancha ..6 gente/casa(s)/PERSON/atrapad-/adentro/carro(s)/tapo
derrumbe/escombros ..8 gente/atrapad-/PERSON/golpes/voces/gritos
bajo/abajo/debajo/entre ..2 escombro(s)/derrumbe ..4 PERSON/hay/gente/golpes/$
oigo/oye/oyen/escucho/escuchan ..4 escombros/derrumbe
hay/quedo/quedaron/estan/tengo ..3 PERSON/gente/alguien ..4 abajo/debajo/bajo_los/aplastad-/sepultad-/soterrad-/
    enterrad-
enterrad-/sepultad-/soterrad- ..3 hasta/viv-/PERSON/gente
sepulto/entero_vivo/soterro ..3 PERSON/uno
STRUCTURE/arbol/rama/poste/muro/closet/mueble/tele/refrigerador/ropero/losa ..4 cayo/cayeron/vino/aplasto/callo
    ..3 encima/PERSON/a_un/a_una/gente/sobre ..4 PERSON/gente/adentro/alguien/atrapad-/uno
arbol/rama/poste/barda/STRUCTURE/espectacular/anuncio ..3 cayo/callo/cayeron/aplasto ..5 VEHICLE/casa ..5 gente/
    adentro/dentro/alguien/PERSON/atrapad-/familia
le(s)/me/nos/lo/la ..1 cayo/callo/vino/cayeron/aplasto ..1 encima ..3 STRUCTURE/arbol/rama/poste/PERSON/closet/
    tele/mueble/pared/carro/motor/maquina/refri/ropero
le/les/me/nos/lo/la cayo ..3 STRUCTURE/barda/losa/viga/ropero/refri/motor/carro/arbol/muro
cayo/callo/cayeron/caido/jue ..1 de/del ..2 andamio/azotea/techo/escalera(s)/balcon/piso/poste/arbol/barranco/
    precipicio/puente/ventana/risco/voladero/caballo/gradas
cayo ..2 segundo_piso/tercer_piso/cuarto_piso/por_el_barranco
cayo ..3 andamio/grua/balcon/gradas/tarima
PERSON ..3 cayo/callo/cayeron/caido/caer ..3 andamio/azotea/techo/escalera(s)/balcon/segundo_piso/tercer_piso/
    cuarto_piso/barranco/puente/ventana/alcantarilla/pozo/registro/coladera/zanja/hoyo_de/tanque/elevador
cayo/callo/cayeron ..3 alcantarilla/coladera/pozo/registro/zanja/excavacion/tanque/cisterna/barranco ..6 no/
    PERSON/adentro/ayuda/$
en un hoyo ..4 no_sale/no_puede_salir/no_salen
avioneta/avion/helicoptero ..3 cayo/estrell-/callo/cayendo
cayo/estrell-/callo ..3 avioneta/avion/helicoptero
descarril- ..2 tren/metro/vagon/$
tren/metro ..2 descarril-/choco/volco
fue por el barranco/precipicio/voladero
"""

BLAST = """
hubo/hay/ay/una/fuerte/fuertes/gran/oyo/oyeron/oimos/varias/dos/grande/por/la/sono/escuche ..1 explosion(es)
^ explosion(es) $/en/./grande/fuerte
explosion(es) ..1 en/aqui/y/fuerte/grande/adentro
exploto/explotaron/explota/explotando ..4 PLANT/casa/algo/tanque/carro/edificio/transformador/gas/cilindro/
    boiler/calentador/estufa/bateria/cohete/celular/bomba/alcantarilla
algo/PLANT/casa/tanque/carro/edificio/cilindro/boiler/calentador/estufa/alcantarilla ..2 exploto/estallo/
    volo_en/trono_y ..3 gente/humo/fuego/fuerte/heridos/aqui/en/y/$
estallo/estallido/estallaron ..4 PLANT/casa/tanque/edificio/gas/bomba/cilindro/humo/fuego
trono/tronaron/revento ..3 PLANT/cilindro/boiler/tanque_de_gas
exploto ..4 mano/cara/ojo(s)
hay/ay/ver/ve llamas
bombazo/explotivo(s)/explosivo(s)
tronido/trueno/estruendo/tronadera/reventon ..6 humo/fuego/gente/temblo/gritos/vidrios/heridos
volo/volaron ..2 PLANT/casa/edificio
"""

CHEMICAL = """
nube ..2 amarilla/verde/toxica/de_gas ..6 tos-/planta/gente/fabrica
chorreando/derramando gasolina/quimico(s)
cloro ..8 toser/tosiendo
derrame/derramo/derramaron/fuga/escape/nube/chorreo/chorrearon/escapo/volco/tiro/solto ..5 quimico(s)/amoniaco/
    cloro/acido/toxic-/amonia/veneno/pesticida/sulfurico
quimico(s)/amoniaco/cloro/acido/toxico(s)/amonia/gas_pimienta/pesticida/veneno/polvo_blanco/pinol ..8 ojos/
    respirar/respira/tosiendo/toser/marea-/desmay-/garganta/pecho/arde(n)/ardiendo/quema/quemando/hospital/
    derram-/fuga
arde(n)/ardiendo/pican/queman/lloran ..3 ojos/garganta/pulmones ..8 quimico(s)/humo/olor/todos/fabrica/olia/
    amoniaco/cloro
quimico(s)/derrame ..6 arde(n) ..3 ojos
mezcl-/revolvi/revolvio ..3 cloro/pinol/acido/amoniaco/lejia/clorox/fabuloso ..8 respir-/tos/tosiendo/marea-/
    arde-/ahog-/garganta/pecho/ojos
polvo_blanco/sobre_con_polvo ..6 sobre/paquete/pecho/carta
olor/huele ..8 desmayaron/desmayo/desmayados/desmayando/mareada/mareados/nos_arden/vomitando
"""

URGENT_ROAD = """
socavon(es)
HOLLOW ..6 hundio/hundiendo/hundiendose/hundida/se_hunde/desplomo/trago/se_abrio/colapso/deslavo/crecien-/
    cabe_un/traga
hoyo/hueco/agujero/hoyanco/crater/boquete/pozo/cavidad/hundimiento ..6 gigante/enorme/profundo
se ..2 hundio/hundiendo/hunde/desplomo/abrio/trago/colapso/deslavo/derrumbo/partio ..3 calle/carretera/
    pavimento/asfalto/avenida/carril/puente/piso_de_la_calle/tierra/banqueta_completa
calle/carretera/pavimento/asfalto/avenida/carril/puente ..4 hundio/hundiendo/hundiendose/se_hunde/desplomo/
    colapso/deslavo/derrumbo/se_abrio/se_esta_abriendo/partio/socavad-
hoyo/hueco/agujero ..4 tragar/trago/se_tragan ..2 carro/troca/moto
LID ..4 falta/faltan/faltante/robaron/robada/abierta/abierto/destapad-/no_esta/no_tiene/quito/quitaron/
    desaparecio/salio/se_fue/perdio/rota/quebrada/movida/suelta/hundida/se_hundio/sin_tapa/tapa_abierta
falta/faltan/faltando/robaron/llevaron/quitaron/rompio/quebro/movieron/salio/hundio/volo/volaron/levanto ..3 LID
sin tapa/rejilla
alcantarilla/registro/coladera/pozo/drenaje/boca_de_tormenta/manhole/parrilla ..3 sin_tapa/destapad-/abiert-/
    sin_rejilla/sin_tapadera/sin_cubierta/descubiert-/no_tiene_tapa/le_falta
le falta ..2 tapa/tapadera/rejilla
carros/autos/coches/gente/trocas ..2 esquivando/esquivan/resbalando/patinando/derrapando/volante-/chocando
derrame/derramo/derramaron/tirado/regado/regaron/tiro/cayo ..4 aceite/diesel/gasolina/combustible/grava ..4
    calle/carretera/carril(es)/autopista/freeway/avenida
aceite/diesel/gasolina/combustible ..4 derram-/regad-/tirad- ..4 calle/carretera/carril(es)/autopista/freeway/
    avenida
medio/mitad/carril ..2 de_la_autopista/del_freeway/de_la_autovia/del_expreso/de_la_interestatal
tambo(s)/barril(es)/bidon(es) ..4 quimico(s)/toxic-/calavera/fugando/tirando
"""

URGENT_SIGNAL = """
semaforo(s)/luces_del_cruce/luz_de_trafico/luces_de_trafico/semaforos ..4 apagad-/muert-/no_sirve(n)/
    no_funciona(n)/no_prende(n)/sin_luz/no_hay_luz/caido(s)/cayo/cayeron/colgando/tirado(s)/descompuesto(s)/
    fuera_de_servicio/danad-/se_fue_la_luz/oscuras/apago/apagaron/ciego(s)/desconectad-/parpadea ..6 cruce/
    esquina/todos/todo/todas/completamente/total/avenida/peligro-/carros/choque(s)/nadie/interseccion/
    direcciones/boulevard/blvd/autopista/escuela/casi/grande/hospital/freeway/cuatro/desmadre/caos/carretera/
    lados/cable
todos/todas/los_cuatro/ningun/completamente/totalmente/ambos/ni_un ..3 semaforo(s)/luces_del_cruce ..5 apagad-/
    muert-/no_sirve(n)/no_funciona(n)/sin_luz/prende/caido(s)/funciona/sirve/oscuras/apagaron
semaforo(s) ..3 todos/todas/completamente/totalmente ..3 apagad-/oscuras/muert-/sin_luz/verde
semaforo(s) ..3 cayo/caido(s)/cayendo/colgando/por_caerse/tirado(s)/a_punto_de_caer-/suelto/colgado/guindando/
    va_a_caer/cuelga
verde(s) ..3 para_todos/todos_lados/las_cuatro/todas_las_direcciones/los_dos_lados/ambas/ambos/al_mismo_tiempo
STOP ..4 tirad-/caid-/cayo/tumbar-/tumbo/tumbad-/robaron/robo/falta/no_esta/desaparecio/arranc-/quitaron/
    derrib-/se_fue/en_el_suelo/en_el_piso/chocaron/chocad-/doblado_hasta/ya_no_hay
falta/robaron/tumbaron/tiraron/arrancaron/derribaron/quitaron/llevaron/desaparecio/derribo/tumbo/arranco/cayo/
    no_hay/tiro ..3 STOP
pluma/barrera/aguja ..3 tren/ferrocarril/vias ..4 atorad-/rota/no_baja/no_sube/trabad-/descompuest-
"""

URGENT_WATER = """
aguas_negras/drenaje/cloaca/caca/albanal/alcantarilla/aguas_sucias/aguas_residuales/coladera/sewer ..4 brota-/
    sale/salen/saliendo/saliendose/rebos-/desbord-/botando/derram-/corriendo/inund-/tirando/regres-/brincando/
    llena-/sube/subiendo ..3 calle/casa/bano/patio/sotano/acera/banqueta/tina/por_todos/por_todas/cocina/
    regadera/negra(s)/aguas_negras/caca/inodoro/yarda/negocio/parque/escuela
brota-/sale/salen/saliendo/rebos-/desbord-/botando/derram-/corriendo/tirando/inundando/inundo ..3 aguas_negras/
    cloaca/aguas_residuales/aguas_sucias/caca
aguas negras ..3 en/por/brot-/desbord-/corriendo/en_la/saliendo/en_mi
revento/reventaron/rompio/rompieron/reventado/exploto/estallo/quebro ..3 tubo/tuberia/linea/principal/cano/
    tubo_madre/hidrante/pipa/main/boca_de_incendio ..6 calle/agua/inund-/chorro/metros/rio/presion/fuente/$
tubo/tuberia/hidrante/boca_de_incendio/linea_de_agua/linea_principal/tubo_madre/water_main ..4 revent-/rompio/
    roto/explot-/estall-/volo ..6 calle/inund-/chorro/metros/rio/presion/geiser/fuente/$
calle/carretera/avenida/paso/tunel/cruce/interseccion/casa(s)/sotano/autopista/carril(es)/puente/underpass ..4
    inundad-/inundo/inundando/inundandose/bajo_el_agua/bajo_agua/hecho_un_rio/hecha_un_rio/parece_rio/es_un_rio
se ..3 inundo/inundando/inundan/inunda/inundaron ..3 calle/casa(s)/sotano/avenida/carretera/tunel/paso/
    autopista/underpass/carril(es)/apartamento/sala/cuarto
"""

URGENT_FALLING = """
arbol(es)/rama(s)/ramota/palo/palma/pino/encino/tronco/poste(s)/TOPPLES ..5 ABOUT
ABOUT ..4 arbol/rama(s)/poste/palo/palma/pino/encino/TOPPLES
arbol(es)/rama(s)/ramota/palma/pino/tronco/poste(s)/palo/encino/roble ..5 bloquea-/tapa-/atraves-/cruzad-/
    en_medio/no_deja/impid-/cerrando/trancando/cerro ..4 calle/carretera/avenida/carril(es)/paso/camino/via/
    autopista/freeway/completa/entera/lados/pasar
arbol(es)/rama(s)/ramota/palma/pino/palo ..5 encima/sobre/en/arriba/recargad-/contra/enred-/apoyad-/tocando/
    rozando/colgando/jalando ..3 cable(s)/alambre(s)/linea(s)_de_luz/tendido/lineas/linea_electrica
cayo/cayeron/caido/tiro/tumbo ..3 poste/poste_de_luz/arbol/palma ..6 calle/carretera/carro/cable(s)/lineas/
    avenida/carril/casa/tapando/bloqueando/atravesad-/techo
poste(s)/poste_de_luz ..4 cayo/caido/partido/partio/quebrado/quebro/ladeado/inclinado/chueco/recargado/podrido/
    tirado/rajado/doblado/de_lado/vencido/chocado ..5 cable(s)/cae/caer/caerse/calle/peligro-/casa/sostien-/
    cuelga/mucho/bien/carros/gente
poste ..3 tirado/caido/cayo/partido/partio
cable(s)/alambre(s) ..3 pelado(s)/expuesto(s)/al_aire/de_fuera/destapad-/descubierto(s)/por_fuera/desnudo(s)
cable(s)/alambre(s) ..4 tirado(s)/caido(s)/suelo/piso/cayo/cayeron/suelto(s)/colgando_bajo/arrastrando/
    atravesad-/en_medio_de/bien_bajo(s)/muy_bajo(s)
caen/cayendo/cayo/cayeron/cae/desprend-/volando/cayendose ..3 ladrillo(s)/concreto/pedazo(s)_de/piedra(s)/
    teja(s)/vidrio(s)/lamina(s)/cornisa/fachada/escombro(s) ..6 banqueta/acera/calle/puente/edificio/gente/
    encima/carros/techo
ladrillo(s)/concreto/pedazo(s)/piedra(s)/teja(s)/vidrio(s)/lamina(s)/cornisa/fachada ..4 cayendo/cayendose/caen/
    desprend-/se_cae(n)/se_esta_cayendo/volando
barandal/baranda/barrera/guardarrail/muro ..3 falta/arrancad-/cayo/roto/rota/tumbad-/robar- ..3 puente/barranco/
    curva/autopista/rio/freeway
perro(s)/pitbull(s)/pit_bull(s)/coyote ..3 agresiv-/brav-/peligroso(s)/rabios-/con_rabia/gruniendo/atacando/
    queriendo_morder/correte-/quiere_morder/me_quiso_morder/tira_a_morder
perro/animal/mapache/zorro/zorrillo/coyote con rabia
sentido contrario ..3 autopista/freeway/carretera/avenida
"""
