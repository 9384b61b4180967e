"""Spanish: who is hurt, ill, attacked or about to harm themselves; see `nlu.phrasebook`."""

from __future__ import annotations

HURT = """
tren/metro ..1 pego/dio/choco/golpeo/llevo/aplasto/arrollo ..3 PERSON/VEHICLE
viene/va/maneja/manejando/carro/troca ..5 sentido_contrario/contravia/contra_sentido
atropell-/atropey-/atropeya-/arroll-
herido(s)/herida(s)/heridas/lesionado(s)/lesionada(s)/malherid-/prensado(s)/prensada(s)/mal_herido
choque/chocaron/choco/accidente/accidentaron/volcadura/estrellaron/carambola/volco/volteo/encontronazo/chocazo/
    choke ..8 prensad-/atrapad-/adentro_y/no_sale/sangre/sangrando/mueve/inconsciente/muert-/gente/nino(s)/
    nina(s)/bebe/gritando/ambulancia/grave(s)/tirad-/lastimad-/responde/despierta/humo/llantas_para_arriba/
    lumbre/familia
choque/accidente/chocazo/choke/volcadura ..2 feo/fuerte/grave/horrible/mortal/terrible/aparatoso/multiple/
    feisimo/fatal/bien_feo/de_frente/ahorita/ahora_mismo/grandisimo/grande
hubo/hay/ay/acaba(n)_de/paso/ocurrio/vi/ver/reportar ..2 choque/accidente/volcadura/chocar/chocazo/carambola/
    choke/volcarse
chocaron ..2 dos/tres/cuatro/varios/un/una/de ..3 VEHICLE/frente/motos/aqui
choque ..2 ahora/ahorita/aqui
se ..1 volco/volteo/volcaron/dio_vuelta/voltearon/volcarse ..3 VEHICLE/camion_escolar
VEHICLE ..3 se ..1 volco/volteo/dio_vuelta/voltearon/volcaron
VEHICLE ..2 volcado/volteado/patas_para_arriba/llantas_para_arriba
ladeo/ladeado ..2 camion_escolar/bus ..4 nino(s)/gente
VEHICLE ..3 metio/estrello/choco/estampo/incrusto/empotro ..4 tienda/casa/restaurante/parada/escuela/edificio/
    negocio/gente/PERSON
VEHICLE ..3 le_dio/le_pego/golpeo/tumbo/embistio/se_llevo/arrastro/le_paso_por_encima/aplasto/choco ..2 PERSON/
    ciclista/peaton
choc-/golpe-/pego/dio ..3 CYCLIST ..6 suelo/tirad-/fue/fugo/sangr-/mueve/piso
se/los/lo/la llev- ..4 encuentro/corbata
paso/pasaron por_encima/encima ..3 PERSON/VEHICLE
se ..1 cayo/callo/cayeron/caido de_la/de_su/de_una/del moto/motora/bici/bicicleta/caballo/patineta/scooter ..8
    sangr-/mueve/suelo/tirad-/habla/responde/cabeza/despierta
PERSON ..5 atrapad-/prensad-/atorad-/atascad-/aplastad- ..4 VEHICLE/maquina/abajo/debajo/elevador/ascensor/
    fierros/puerta/entre/escombros/adentro/banda/tractor/barrotes/llantas/reja
atrapad-/atorad-/encerrad-/prensad-/quedado ..4 elevador/ascensor/maquina/freezer/congelador/VEHICLE/boveda/
    cuarto_frio/refrigerador/montacargas/fierros
encerrad-/atrapad- ..6 no_puedo/aire/respirar
elevador/ascensor ..6 atrapad-/encerrad-/entre_pisos/gente/personas/PERSON
tractor/montacargas/maquina/VEHICLE ..4 volteo/aplasto/prenso/agarro/encima/aplastando/prensando ..4 PERSON/
    mano/brazo/pierna/pie/apa
maquina/puerta/banda/sierra ..3 agarro/prenso/atrapo ..3 PERSON/mano/brazo/dedos/pelo/pierna
uno/senor/chofer/PERSON/otro/conductor/alguien ..6 quedo/esta/hay ..1 prensad-
borracho/tomado/ebrio/pedo/drogado/borracha/ahogado_de_borracho/jarra ..4 manejando/al_volante/maneja/
    conduciendo/chocando
manejando/maneja/conduciendo/conductor/chofer ..4 borrach-/tomado/tomada/ebrio/pedo/drogado/dormid-
sentido_contrario/contravia/contramano/en_contra ..5 autopista/freeway/highway/expreso/interestatal/carretera/
    tipo/carro/viene/i_-/ahorita
manejando/viene/va/carro/troca/conduciendo ..4 sentido_contrario/contravia ..4 autopista/freeway/highway/
    expreso/carretera/interestatal
bolsa(s)_de_aire ..3 activ-/salieron/reventaron/salio/tronaron/adentro
otro/el/la/senor/senora/chofer/conductor/uno ..4 no_se_mueve/no_despierta/no_reacciona/no_responde
no ..1 sale nadie/el_chofer/la_gente ..2 VEHICLE/$
nadie sale $/./y/VEHICLE
humo .. nadie sale
PERSON/uno ..3 colgando/colgado/guindando ..3 puente/balcon/andamio/azotea/cornisa/grua/mano/techo/barranco
"""

SICK = """
acido ..4 cara/ojo(s)
agua/aceite/cafe/caldo/sopa hirviendo ..3 PERSON/encima/cara
PERSON/nene/banaron ..4 agua/aceite hirviendo
dando/dan ..1 cpr
cordon ..2 cuello
frasco/bote ..2 pastilla(s)/tylenol/vacio_de_pastillas
TOMO ..2 frasco/bote_de_pastillas/veneno
PERSON ..4 no_llora/aguado_y/aguadit-
se_le hundio/hunde el_pecho
no_puede/puedo ni? hablar ..3 respir-/aire/silba
habla/hablando disparates/incoherencias/cosas_sin_sentido/puras_tonteras
nubla/nublo ..1 vista ..4 sola/solo/mal/pecho
NO ..2 respira/respirar/respirando/rrespira/resoira/respirado
NO ..1 reacciona/reaccionan/despierta/despiertan/dispierta/despertar
^ ya? no ..1 responde/reacciona/mueve/contesta/habla $/./y/esta/ayud-
PERSON ..8 NO ..2 responde/se_mueve/se_mueven/despierta/reacciona/puede_hablar/se_levanta/se_puede_parar/
    se_puede_levantar/se_puede_mover/se_para/pararse/levantarse
tirad-/suelo/piso/desmay-/cayo/caida/caido/cai ..8 NO ..2 responde/se_mueve/despierta/reacciona/habla/
    se_levanta/se_puede_parar/se_puede_levantar/me_puedo/puedo_moverme/pararse/levantarse/siente
falta/faltando/cuesta/costando/trabajo/dificultad/dificil/batalla/batallando ..2 el_aire/aire/respirar/
    el_aliento
falta_de_aire/ataque_de_asma/crisis_de_asma/asma ..4 respir-/aire/inhalador/morad-/$
ahogando/asfixi-/atragant-/atagant-
inconsciente(s)/desmay-/dismay-/desvanec-/sin_conocimiento/perdio_el_conocimiento/perdio_la_conciencia/
    perdio_el_sentido/sin_pulso/no_tiene_pulso/paro_cardiaco/paro_respiratorio/no_le_encuentro_pulso/
    no_le_encuentro_el_pulso/no_le_siento_el_pulso/no_le_late/no_le_late_el_corazon/se_desplomo
infart-/imfart-/ataque_al_corazon/ataque_cardiaco/ataque_del_corazon/paro_cardiac-/derrame_cerebral/embolia/
    derame_cerebral/ataque_cerebral/aneurisma
dio/dando/dar/tuvo/tiene/teniendo/da/daba/dieron ..2 ataque/ataques/derrame/embolia/convulsion-/seizure/stroke/
    yeyo/patatus/heart_attack/epileptic- ..3 PERSON/$/./epilep-/corazon/y/no/al/asma/en/ayud-/cerebral/sigue/
    horita/por/de
convuls-/comvuls-/epileptic-/temblando_todo_el_cuerpo/ojos_en_blanco/ojos_para_atras/ojos_para_arriba/
    espuma_por_la_boca/espuma_de_la_boca/le_sale_espuma/epilepsia/seizure/se_esta_sacudiendo/tiembla_todo
temblar/temblando/tiembla/sacude ..4 cuerpo ..5 ojos/reacciona/fiebre/arriba/responde
pecho ..5 dolor/duele/aprieta/presion/apretado/opresion/apachurra/oprime/sudando/sudor
dolor/duele/presion/opresion/punzada/dolores/aprieta/apretando/agarra/agarrando/aplastando/cerro/cierra/ardor
    ..5 pecho/corazon/brazo_izquierdo
duerme/dormido/duele/entumi-/adormec- ..4 brazo ..6 pecho/aire/cara/hablar/izquierdo/sud-
cara/boca ..3 chueca/torcida/caida/ladeada/de_lado/paralizad-/se_le_cae/dormida/jalad-/colgada
NO ..3 hablar/habla ..1 bien/claro/nada ..6 brazo/cara/boca/lado/derrame
habla/hablando/hablar ..2 arrastrado/raro/enredado/trabado/incoheren-/trabad-
no ..1 siente/siento/mueve/puede_mover/puedo_mover/levanta/puede_levantar ..2 piernas/brazo/pierna/brazos/
    medio_cuerpo/mitad/lado/pies/nada
se/me/le puso/poniendo/pone/esta_poniendo ..1 morad-/azul/azules/azulad-/moradit-/azulit-/gris_y
PERSON/labios/cara/boca ..3 morad-/azul/azules/moradit-
esta ..1 morad-/azul/moradit- $/./y/no
labios/unas/boca ..3 morad-/azul-
sobredosis/sobre_dosis/overdosis
paso/pasaron/metio/metieron/pasado ..3 droga(s)/pastilla(s)/heroina/fentanilo/cristal/perico/medicina/dosis ..6
    despierta/mueve/respira/reacciona/responde/mal/tirad-/desmay-/labios/$
TOMO ..6 pastilla(s)/pildora(s)/pepas/tableta(s)/veneno/cloro/detergente/raticida/acido/lejia/clorox/fabuloso/
    pinol/anticongelante/gasolina/pila/pilas/bateria/insulina/matarratas/fentanilo/suavitel/jabon_del_trapeador/
    medicinas/medicamentos/pinesol/limpiador/bayas/hongos/iman(es)/algo_toxico/shampoo/alcohol_de/lavandina
TOMO ..3 demasiad-/de_mas ..3 pastilla-/medicina/pastillas
envenen-/intoxicad-/emvenen-
jeringa/jeringuilla/aguja ..3 brazo/vena/cuello ..6 despierta/reacciona/mueve/inconsciente/inconciente/responde/
    respira/$
labios/cara ..2 azul- ..6 algo/droga
sangrando/desangr-/hemorragia/chorreando_sangre/ensangrentad-/vomitando_sangre/tosiendo_sangre/vomito_sangre/
    escupiendo_sangre
mucha/muchisima/tanta/charco_de/lleno_de/llena_de/llenos_de/banado_en/banada_en/batido_de/perdiendo/
    perdiendo_mucha/chorro_de/chorros_de/baniado_en/bastante/pura/vomita/vomito/un_monton_de sangre
sangre ..4 por_todos/por_todas/por_todo/en_todos/chorro(s)/no_para/sale/brota/saliendo/cabeza/cara/no_deja
no ..2 para/deja/paro/parar ..2 sangre/sangrar/sangrado
sale/saliendo/salia/brota ..4 sangre ..4 PERSON/cabeza/oido/nariz_y/boca/cuello/$/mucha/pierna/no/brazo/por
sangra ..2 mucho/de_la_cabeza/bastante/demasiado
sangre ..5 muchacho/PERSON/quej-
se/me/le/te ..2 corte/corto/cortaron/rebano/rajo/volo/mocho/arranco/trozo/amputo/cercen- ..4 dedo(s)/mano/brazo/
    pierna/cuello/venas/cabeza/sierra/profundo/sangre/muneca(s)/hueso/pie
cuello/venas/muneca(s)/garganta cortad-
ve/ven/asoma/sale/salio/veo ..2 hueso
fractur-/quebro/rompio ..4 pierna/cadera/cuello/cabeza/brazo/craneo ..6 hueso/levantar/parar/mueve/grita-/caer/
    cayo/sangr-
abrio/partio/rajo/abierta/partida ..3 cabeza ..6 sangr-/sangre/no/cayo/$/caer
golpe/golpeo/pego/golpearon/cayo ..4 cabeza ..8 vomit-/desmay-/sangr-/dormid-/despierta/confund-/mareado/sabe/
    reacciona
dolor ..3 muy_fuerte/horrible/insoportable/espantoso ..6 estomago/vientre/cabeza/embarazada/sangr-
se_le/se_me/ya_se_le/ya rompio/revento/quebro ..1 fuente/bolsa
rompio/revento/quebro fuente
esta_dando_a_luz/esta_pariendo/va_a_parir $/en/aqui/y/PERSON
parto/contracciones/dar_a_luz/parir/dando_a_luz/aliviarse ..6 ya/embarazada/aqui/llegamos/ambulancia/carro/bebe/
    sangr-/cada/ahorita/$/seguid-
ya viene/nace/va_a_nacer/esta_naciendo/nacio/salio/sale ..2 bebe/nino/nina/nene/cabeza_del_bebe
bebe ..3 ya_viene/naciendo/nacio/no_llora/nacer/ya_nace/ya_va_a_nacer/ya_sale
ve/veo/asoma/sale/salio ..2 cabeza_del_bebe/cabecita/cabeza ..3 bebe/parto/$
embarazad- ..8 sangr-/dolor-/contracciones/caida/cayo/mueve
placenta/aborto_espontaneo/malparto/cordon_umbilical
cierra/cerrando/cerro ..2 garganta/gargante/tragante
garganta ..3 cierra/cerrando/cerro/hinch-
hinch-/inflam-/inchad-/inchando ..3 lengua/cara/garganta/labios/ojos_y
lengua/garganta ..3 hinch-/inflam-/inchad-
reaccion_alergica/alergi-/choque_anafilactico/shock_anafilactico/anafil- ..6 respir-/hinch-/garganta/ronchas/
    grave/ahog-/morad-/epipen/$/fuerte
pico/picaron/mordio/picadura/piquete/pica ..4 abeja(s)/avispa(s)/alacran/culebra/serpiente/vibora/cascabel/
    escorpion/viuda/coralillo ..8 respir-/hinch-/mueve/baba/lengua/bebe/negra/morad-/PERSON/pierna/ayud-/
    alergic-/cara
mordio/pico ..3 vibora/culebra/serpiente/cascabel/alacran
se ..1 esta_muriendo/va_a_morir ..3 PERSON/ayud-/apur-
^ ay? creo? que? ya? se ..1 esta_muriendo/muere/murio $
PERSON ..3 se_muere/se_esta_muriendo/se_me_muere/se_nos_muere/se_murio/esta_muerto/esta_muerta/muriendose/
    agonizando/parece_muert-/se_ve_muerto/creo_que_muri-
se_nos/se_me muere/esta_muriendo/muriendo $/./PERSON/ayud-/mi
me_voy_a_morir/me_estoy_muriendo/me_muero/siento_que_me_muero $/./ayud-/por_favor/no/me_duele/aqui/tengo/
    el_pecho
creo ..4 muert-/muriendo/muriendose ..3 $/PERSON/.
hay/ay/encontre/encontramos/encontraron/vi/veo/vimos ..1 cadaver/cuerpo_tirado/cuerpo_en/cuerpo_sin_vida/
    cuerpo_humano/un_muerto/unos_muertos/persona_muerta/cuerpo
hay muertos $/./en/y
PERSON esta? muert-/sin_vida
fiebre/calentura ..3 cuarenta/40/41/muy_alta/altisima/104/105 ..6 PERSON/reacciona/responde/convuls-/no/bebe
golpe/insolacion/insolad- ..1 calor ..4 PERSON/desmay-/mueve/responde/no/$
azucar ..2 bajo/bajisima/baja/subio/muy_baja/por_los_suelos ..8 despierta/responde/temblando/sud-/desmay-/
    PERSON/confundid-/reacciona/no
insulina ..5 no_despierta/no_responde/desmay-/se_acabo
dedo(s)/mano/brazo/pie/pierna ..3 cortad-/amputad-/arranc-/mochad-/trozad-
cayo/callo/caida/caido/cayeron ..6 escalera(s)/segundo_piso/tercer_piso/techo/azotea/andamio/bano/tina/regadera
    ..6 NO/sangr-/parar/cabeza/mueve/cadera/levantar
hipotermia
PERSON ..3 congelad-
oxigeno/ventilador/respirador ..5 apag-/se_acab-/bateria/no_le_queda/no_sirve/se_fue_la_luz
luz ..4 oxigeno/respirador/ventilador
rcp/primeros_auxilios/desfibrilador ..3 haciendo/dando/necesit-/ahora/como/PERSON/no
haciendo/dando/hacer/hago ..2 rcp
lleva ..2 rato ..4 tirad-/sin_moverse/mover
PERSON ..3 ESTA muy_grave/grave/muy_mal/bien_mal/malisim-/agonizando
ESTA ..1 muy_grave/bien_grave/agonizando
"""

CRIME = """
dinamita/granada(s)
amenaz- ..1 con volar/explotar/quemar/balear ..3 escuela/casa/edificio/oficina
tirando/tiran/echan/echando/tiraron tiros/balazos
drogaron ..3 $/PERSON/y/no/creo
balacera(s)/balasera/balazo(s)/balaso(s)/tiroteo(s)/tirotea-/plomazo(s)/disparo(s)/tirador(es)/francotirador/
    hay_un_shooting/un_shooting/otro_shooting
baleando/balearon/baleado/baleada/rafaguea-/ametrall-/balaceando/balacearon/echando_bala/echando_bala(s)/
    echan_bala
tiros ..2 afuera/en/cerca/aqui/por/y/$/seguidos/oyen
oyen/oye/oi/oimos/oigo/escuch-/sonaron/suenan/tiraron/tirando/echando/echaron/hay/dieron/dio/pego/pegaron ..3
    tiros/balas/detonacion-
bala(s) ..4 casa/ventana/techo/perdida/pecho/pierna/cabeza/hombro/volando/espalda/afuera
bala perdida
disparando/disparandose/dispararon/disparan/dispararle/disparos
ESTA/anda/andan/viene/vienen/hay/llego/entro/vi/veo/ven/vio ..5 armad- ..3 $/en/con/afuera/adentro/y/escuela/
    aqui/cerca
gente/hombre(s)/tipo(s)/PERSON/ladron(es)/sujeto(s)/individuo(s) ..1 armad-
HOLDS ..3 WEAPON
WEAPON ..3 apuntando/en_la_mano/en_mano/amenaz-
PERSON ..1 arma/armas/pistola/machete
hay ..3 WEAPON ..3 en/aqui/escuela
agarro ..3 pistola/arma/cuchillo/navaja
encanon-
me/nos/le/les/la/lo ..1 apuntando/apuntaron/apunta/apunto con
apuntando/apunto/apunta con/a_PERSON/a_la_gente
apuntando ..2 PERSON
arma_de_fuego/armas_de_fuego/a_punta_de/mano_armada
apunalo/apunalaron/apunalad-/apunalando/apunale/acuchill-/navajazo(s)/navajea-/cuchillad-/cuchillazo(s)/
    machetazo(s)/machetea-/punalada(s)/punzad-_con/picaron_con/lo_picaron/la_picaron/piquete_con/chuzaz-/
    punetazo(s)_y_no/estocad-
rehen(es)/secuestr-/plagi-/levanton/rapt-/privado_de_su_libertad/levantaron_a/lo_levantaron
SUBIO ..5 fuerza/jalones/fuerzas/rastras/golpes/cajuela
SUBIO ..3 PERSON ..5 carro/van/camioneta/cajuela/troca/VEHICLE
PERSON ..4 SUBIO ..3 carro/van/camioneta/cajuela/troca
sacar/sacando/llevan/llevando/jalando/arrastrando/arrastr- ..4 PERSON ..3 fuerza/cabellos/pelo/carro/callejon/
    grenas/adentro
a_la_fuerza/contra_su_voluntad ..5 PERSON/carro/van/lleva-/subi-/meti-
PERSON ..4 a_la_fuerza/contra_su_voluntad
cajuela/baul ..4 PERSON/estoy/vengo/encerrad-/metieron/amarrad-/meti-
vengo/estoy/voy ..2 en ..1 cajuela/baul
me/nos/la/lo/las/los ..1 tiene(n)/tenian/tuvieron ..1 encerrad-/amarrad-/atad-/retenid-/contra_la_pared/
    secuestr-/del_cuello/sin_salir/encanonad-
PERSON/papa/marido/el ..3 tiene ..4 del_cuello/del_pelo/amarrad-/encerrad-/contra_la_pared
no me/nos/la/lo deja(n)/quiere_dejar ..1 salir/ir/irme/salirme/irnos/bajar/bajarme/que_me_vaya
uber/taxi/chofer/taxista ..4 no_para/no_me_deja/trabo/seguros
se_robaron/se_robo/robaron/robo/robando/se_llevo/se_llevaron/quieren_quitar/quieren_robar/quiere_robar/raptaron/
    quiso_robar/quito_a ..2 KID
mi ..1 ninio/nino/nina/hijo/hija/bebe ..3 llevaron/llevo/robaron/secuestr-/raptaron/quitaron
viol- ..2 sexual-
violaron/violando/violarme/me_quieren_violar/violador/violandola/violada/abus-_sexual- ..4 $/PERSON/me/a/ayud-/
    en/la/mi/fui/un/hay
me/la/nos/las violaron/violo/quieren_violar/quiere_violar/estan_violando/esta_violando/manose-
abusando/abusaron/abuso/manose- ..3 PERSON/de_mi/de_ella
toco/tocando/tocaba/toca ..3 hija/nina/partes/privadas ..6 $/aqui/camion/bus/parque/sigue/hombre/viejo/senor
bomba ..3 amenaza/escuela/aeropuerto/estacion_de/edificio/explot-/puso/pusieron
amenaza/amenazaron/amenazando/amenazo/hay/pusieron/pusio/tiene/trae/llamada/puso ..4 bomba ..3 en/$/escuela/
    adentro/mochila
paquete/mochila/maleta/caja sospechos-/abandonada_en_la/con_cables/que_hace_tic/tic_tac
matar/mato/mataron/matando/asesinaron/asesino/asesinando a ..2 PERSON
matandola/matandolo/matandose
quiere(n)/amenaza/amenazo/amenazando/amenazaron/jura ..4 matarme/matarla/matarlo/matarnos
me/nos/la/lo/los/las va_a_matar/van_a_matar/quiere_matar/quieren_matar/quiso_matar/van_a_linchar
lo/la/los/las esta_matando/estan_matando ..1 $/./ayud-/a_golpes/entre/rapido
lo mataron $/./en/aqui
amenaz- ..5 WEAPON/muerte/martillo/palo/bate/PERSON/me/gente/todos/nos/matar/desarmador/con_un/con_una
me/nos/la/lo ..2 amenaz- ..3 WEAPON/muerte/con/y/afuera/$/ahorita
martillo/bate(s)/palo(s)/tubo(s)/botella(s)/desarmador/destornillador/fierro(s)/cadena(s)/hacha/barra ..6
    amenaz-/atac-/golpe-/pegan-/correte-/persig-/vienen/cuello/cabeza/rompiendo/encima
con ..2 martillo/bate(s)/palo(s)/tubo(s)/botella(s)/desarmador/destornillador/fierro(s)/hacha/barra/piedras ..6
    gente/encima/golpe-/pegando/ataca-/vienen/me/PERSON/peleando
botella(s) ..3 cuello/cabeza/cara
pele-/bronca/rina/pleito/madriza/agarrando/trompadas/guerra_campal/campal/golpiza/golpes/pelea ..5 WEAPON/
    botella(s)/bate(s)/palos/cuchill-/sangre/machetes/fierros/muchos/cadenas/balazos
"""

CRIME_NOW = """
me/nos/la/lo/le/les ..1 esta/estan pegando/golpeando/pateando/ahorcando/maltratando/lastimando/dando_golpes/
    dando_patadas/quemando
encapuchado(s) ..4 adentro/tienda/farmacia/banco/casa/afuera
ex ..4 afuera ..4 gasolina/fierro/palo/con_un
vaciando ..2 casa/tienda ..3 ahorita/ahora/vecin-
asaltando/atracando/asaltantes/asaltandome/asalto_en/asalto_a_mano
me/nos/le/les/lo/la/acaban_de/estan ..1 asaltaron/asaltar/asalto/atracaron/asaltarme
asaltaron/atracaron ..6 ahorita/pistola/cuchillo/ahora
ESTA ..1 saqueando/asaltando/atracando/robandonos/robandome
ESTA robando ..3 tienda/casa/banco/carro/troca/farmacia/bodega/vecino/catalitico
robando/robandose ..4 ahorita/tienda/casa/banco/catalitico/carro/troca/llantas/vecino/farmacia/bodega
roba/robaron/robo/arrebat-/quito/quitaron/arranco/jalo ..3 bolsa/celular/cartera/telefono/cadena/cel/mochila ..6
    corriendo/ahorita/ahora/acaba(n)/se_fue/huyo/cuchillo/pistola/tumbo/golpe-
acaban/acaba de robar/asaltar/robarme/asaltarme/quitarme/quitar/robarnos/atracar/arrebatar
me/nos/le/les ..2 robaron/robando/roban/atracaron ahorita/ahora/ahora_mismo/horita/pistola/ayuda/hace_5/
    hace_un_minuto
ladron(es)/ratero(s)/raton_de_casa/intruso(s)/malandro(s)/delincuente(s)/maleante(s) ..4 casa/adentro/dentro/
    ventana/patio/metio/metieron/puerta/abajo/tienda/carro/entraron/entro/ahorita/quieren/techo/aqui/vecin-
ENTER ..5 casa/departamento/depa/apartamento/cuarto/garage/cochera/ventana/traila/mi_puerta/negocio/tienda/
    adentro ..3 $/ahorita/y/estoy/de/vecin-/esta/mi/ayud-/por/sola/solo/con/escond-/ladron/alguien/rompi-/aqui/
    abajo
ENTER ..3 ladron(es)/ratero(s)/alguien/hombre(s)/tipo(s)/PERSON ..4 casa/cuarto/abajo/adentro/garage/cochera/
    carro/ventana/aqui/apartamento/depa
alguien/hombre/tipo(s)/PERSON ..3 adentro/dentro/escondido/metido ..2 casa/mi_casa/apartamento/depa/closet/
    garage
hay/ay ..3 alguien/hombre/tipo/PERSON/extrano/desconocido ..3 adentro/dentro/en_mi/en_la ..2 casa/cocina/
    apartamento/cuarto/depa/sala/patio_de/carro/garage/$
TRIES ..5 entrar/meter/meterse/abrir/tumbar/forzar/romper/abrirme ..4 casa/puerta/ventana/apartamento/cuarto/
    depa/carro/vecin-/chapa/$
forzando/tumbando/pateando/golpeando/rompiendo/quebrando/patea/tumbar/zafando/forzaron/tumbo/tumbaron/tumbada/
    forzar ..3 puerta/ventana(s)/chapa/cerradura/ventana/vidrio(s)
tocando/tocan/asoma-/tocandole/golpe- ..3 ventana(s)/puerta ..6 sola/solo/miedo/escondi-/afuera/ninos/hombre
puerta ..4 tumbada/forzada/abierta_y/a_golpes/rota ..5 adentro/alguien/siguen/ladr-/golpes
brincando/brincaron/saltando/trepando/escalando/brinco ..2 barda/reja/cerca/ventana/balcon/muro ..4 casa/vecin-/
    mi_patio/ahorita/$
anda/hay/oigo/oye/escucho/oimos ..4 alguien/pasos/ruidos ..4 cocina/abajo/arriba/sala/casa/adentro/atico/sotano/
    pasillo
hay/anda alguien en mi_casa/la_casa/mi_cocina/cocina/patio/sala/cuarto/sotano
no puedo hablar ..2 aqui/afuera/adentro/oye/escucha
esta aqui/adentro/afuera y/dice/con ..3 matar/WEAPON/miedo/golpe-/pega-/entrar
ESTA ..1 pegando_a/pegandome/pegandole/golpeando/golpeandola/golpeandolo/pateando/ahorcando/ahorcandola/
    ahorcandome/estrangul-/pegandonos/agrediendo/maltratando/madreando/cacheteando/jaloneando/atacando/
    lastimando/torturando/estrangulando/abusando/linchando/moliendo
pegando/pegandole/golpeando/pateando/ahorcando/lastimando ..3 PERSON/a_mi/a_su/cabeza/mujer/me/la
me/nos ..1 pego/pegaron/golpeo/golpearon/pateo/patearon/ahorco/madrearon/cacheteo/ataco/atacaron/agredio/
    estrangulo ..4 y/PERSON/afuera/otra_vez/sangr-/cara/cuello/ahorita/hijo(s)
lo/la/los/las/le ..1 golpearon/patearon/madrearon/estan_golpeando/pegaron/golpeo ..4 PERSON/cabeza/entre
me/nos agarro a_golpes/a_patadas/del_cuello
PERSON ..2 me/nos/la/lo/le ..1 pega/pego/golpea/golpeo/pegando/maltrata/ahorca/jalonea/agrede/avienta
PERSON ..4 pegando/golpeando/agarrando_a_golpes/golpes/golpiza ..4 PERSON/mujer/me/su
le ..2 dando/dieron/dio/da/metio/metieron/pusieron/puso/esta_dando ..3 golpiza/paliza/madriza/tunda/pela/
    trompadas/otra_vez
golpiza/paliza/madriza ..5 PERSON/mujer/ahorita/$/en
violencia domestica/familiar/intrafamiliar
oye(n)/oigo/oyen/escuch- ..5 golpes/gritos/grita ..6 auxilio/ayuda/mujer/nino/llorando/pegando/sueltala/dejame/
    deje/que_la/golpes/no/$
grita/gritando/gritaba/gritos/grito/gritan ..5 auxilio/ayuda/que_la_deje-/que_la_suelte-/que_lo/no_me_pegues/
    dejame/sueltame/golpes/la_matan/pegando/mujer/vecina/la_dejen/socorro/dolor/de_repente
vecin-/mujer/senora/muchacha/nina/nino ..4 gritando/gritaba/grita ..6 ayuda/auxilio/golpes/dejen/suelten/metian/
    callo/se_oyen
ex/exesposo/exmarido/exnovio/ex_marido/ex_esposo/marido/esposo/novio/pareja ..8 amenaz-/matarme/pegar/golpe-/
    puerta/entrar/cuchillo/pistola/metio/borracho
hombre/tipo/carro/alguien ..3 me ..2 siguiendo/persiguiendo
me/nos/la/le ..2 viene(n)/vienen/venia/esta/estan/anda/andan/va/van ..1 siguiendo/persiguiendo/correteando
me/nos sigue(n)/persigue(n)/corretea(n) ..1 PERSON/tipo/hombre/un/una/carro
alguien/hombre/tipo/carro/PERSON ..3 me ..1 sigue/siguiendo/persigue/persiguiendo/viene_siguiendo
corretea-/persiguiendo/persiguen ..3 PERSON ..3 palos/bates/machete/con/para/carro
HOUND ..4 MAULS ..3 PERSON/me/mi/cara/pierna/mano/brazo/gente/cuello/a_un_KID/a_una
HOUND ..3 me/lo/la ..1 MAULS
HOUND ..3 no_suelta/no_lo_suelta/no_la_suelta/lo_tiene/la_tiene/me_tiene/encima_de/tiene_a/tiene_acorral-/
    acorral- ..3 $/PERSON/brazo/pierna/y/un
HOUND ..3 tiene ..3 KID/PERSON/acorral-/rodead-/agarrad-
jauria ..6 PERSON/gente/atac-/rode-
MAULS ..3 HOUND
BITES ..4 HOUND ..6 sangr-/sangre/cara/cuello/arranco/pedazo
me_metio/se_me_metio/se_metio ..3 hombre/tipo/alguien/extrano ..4 carro/casa/cuarto
encima con ..2 WEAPON/destornillador/palo/tubo/martillo/bate
escondid-/encerrad-/escondiendo- ..4 bano/closet/cuarto/cama/sotano ..6 $/afuera/casa/miedo/hombre/ladron/
    golpe-/no/ninos/marido/quiere/pegar/alguien
pusieron/puso/echo/echaron ..2 algo ..2 bebida/trago/vaso/cerveza
quitaron/quito ..2 pasaporte ..6 pegaron/encerrad-/saquenme/dejan/obligan
trata de personas/blancas
saquenme de_aqui ..2 $/por_favor/ayud-
"""

SELF_HARM = """
dijo/dice/diciendo ..2 que ..2 se_mata/se_va_a_matar/se_quiere_matar/quiere_morir/no_quiere_vivir
soga ..3 cuello/techo/roommate/cuarto/lista
PERSON ..2 tiene ..1 soga
pastillas ..2 enfrente/en_la_mano/listas
estoy en_el_puente/en_la_azotea/en_las_vias ..4 no/baj-/adios/ya/brinc-
me ..2 quiero/voy_a/quisiera/pienso/voy/gustaria/dan_ganas_de/quiero_quiero matar/morir/suicidar/ahorcar/colgar/
    cortar_las_venas/tirar_del/aventar_del/aventar_al/quitar_la_vida/desaparecer_para_siempre/
    cortar_las_munecas/lanzar_del/dar_un_tiro ..2 $/./hoy/ya/no/y/ayud-/me/esta/porque/puente/tren/noche/estoy/
    aqui/por_favor/mi/con/para/a
quiero/quisiera/prefiero/deseo/ojala ..2 morir/morirme/matarme/suicidarme/ahorcarme/colgarme/quitarme/
    estar_muert-/no_despertar/no_existir/no_vivir/me_muera/desaparecer_de_este_mundo ..2 $/./ya/hoy/no/y/
    la_vida/mejor/me/ayud-/esta/aqui/porque
suicidar-/suicidio/suicida/suicidando/suicidandose
quitarme_la_vida/quitarse_la_vida/quitar_la_vida/quita_la_vida/quito_la_vida/cortarse_las_venas/
    cortarme_las_venas/cortarme_las_munecas/quitarnos_la_vida
quiere/quiero/quiso/intento/trato_de/amenaza_con/voy_a/va_a ..1 matarse/matarme/ahorcarse/ahorcarme/colgarse
se/me ..2 va_a/quiere/quiso/quieren/iba_a/queria/trato_de/intento ..1 matar/suicidar/ahorcar/colgar/aventar/
    tirar/lanzar/quitar/cortar ..4 $/puente/balcon/azotea/la_vida/techo/tren/vias/edificio/hoy/ya/ayud-/venas/
    ella/con/no/freeway/mi/abajo
no ..1 quiero/quiere/deseo/vale_la_pena/tengo_ganas_de/tiene_caso/tiene_sentido/quisiera seguir_viviendo/vivir/
    seguir_aqui/estar_viv-/existir/mas_vivir/despertar/vivir_mas/seguir_vivo/seguir_viva/la_vida/vivir_asi/
    estar_aqui_mas/vivir_ya
ya_no/no quiero/quiere ..1 vivir/seguir/estar_aqui/existir ..3 $/./mas/asi/viviendo/y/ayud-
ya_no/no ..1 puedo/aguanto mas ..4 quiero/morir/vida/matar/vivir/adios/hijos/perdon/seguir/$
no_creo/no_voy_a que_amanezca/amanecer/llegar_a_manana/estar_manana
acabar/terminar/terminando con ..1 mi_vida/todo_hoy/todo_esta_noche/su_vida/todo_ahora/todo_de_una_vez/todo_ya/
    todo
me ..1 estoy cortando
corto/corte/cortando/cortaron/cortarse ..2 venas/munecas
se ..1 ahorco/colgo/avento/tiro/lanzo/dio_un_tiro ..3 $/puente/balcon/edificio/tren/PERSON/vias/azotea/arbol/
    soga/bano/garage/freeway/y
parad-/sentad-/subid-/trepad-/colgad-/acostad-/caminando/arriba/asomad- ..6 barandal/baranda/cornisa/
    orilla_del_puente/azotea/vias/rieles/borde/barda_del_puente/puente_del_freeway/techo_del_edificio/filo ..6
    $/puente/freeway/no/quiere/llor-/quita/edificio/aventar/piso/tirar/del/estacionamiento/rato
del_otro_lado/afuera/por_fuera del/de_la barandal/baranda/reja_del_puente/barrera
PERSON ..4 barandal/baranda/cornisa ..4 puente/lado/fuera/afuera/brincar/tirar/saltar
PERSON ..6 entre/en/sobre ..1 vias/rieles ..4 $/no/tren/quita/acost-/parad-
puente/azotea/techo/balcon/edificio/barandal ..6 quiere/va_a/amenaza/dice ..3 brincar/saltar/aventar/tirar/
    tirarse/aventarse/lanzarse/matar
quiere/va_a/quieren/amenaza/dice_que ..3 brincar/saltar/aventar/aventarse/tirarse/lanzarse/tirar ..3 puente/
    azotea/edificio/balcon/techo/tren/freeway/vias
despidiendo/despidio/despedida/despidiendose/adios ..6 contesta/mensaje/carta/hijos/amo/quiero/pastillas/vida
diganle/dile/cuiden ..4 hijos/familia/mama ..4 quiero/amo/perdon
mejor muert-/sin_mi ..2 $/que/ya/todos
sin ganas de vivir
"""
