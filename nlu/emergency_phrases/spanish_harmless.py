"""Spanish: what only looks grave, and what tells of the past; see `nlu.phrasebook`."""

from __future__ import annotations

# Blanked before any rule is tried.
HARMLESS = """
ya_no_quiero/no_quiero seguir $
obra/trabajo ..1 gas_natural
medidor(es) ..1 de/del gas esta/oxidad-/roto/viejo/suelto
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
ya llame/llamamos/hable/hablamos/marque al_911/a_la_policia $
llen- de balazos/tiros/balas
se ..1 van/va a matar
escombro(s) de
desangrando en
nieve/plow/hielo ..2 tiene encerrad-
quiero ..4 bomberos/policia
desde anoche/ayer/antier/WEEKDAY
no/ni/sin/tampoco ..1 es/era/sea/fue/seria/hay/tengo? ..1 una/ninguna/de? emergencia(s)
no/nunca/nadie/ni/tampoco ..1 hay/hubo/tiene/veo/vi/huele/haya/salio/esta/resulto/fue/quedo/salieron/tuvo/ve/
    hubieron/necesita-/necesito ..1 a/olor_a/de/el/la/ningun/mas/un/una? fuego/humo/gas/incendio/lumbre/llamas/
    chispas/herido(s)/heridas/lesionado(s)/lastimado(s)/herida/atrapado(s)/sangre/peligro/muertos/choque/armas/
    balazos/accidente/quimicos/lesiones/explosion/balacera/riesgo/ambulancia/policia/bomberos/pistola/disparos/
    chispa/nadie_herido/alguien_herido/gente_herida/heridos_ni
sin/ni/ningun/ninguna fuego/humo/gas/incendio/lumbre/llamas/chispas/herido(s)/heridas/lesionado(s)/lastimado(s)/
    herida/atrapado(s)/sangre/peligro/muertos/choque/armas/balazos/accidente/quimicos/lesiones/explosion/
    balacera/riesgo/ambulancia/policia/bomberos/pistola/disparos/chispa/nadie_herido/alguien_herido/
    gente_herida/heridos_ni
no/ni hubo/hay ni herid-/nada/choque
nadie ..3 herid-/lastim-/atrapad-/adentro/golpead-/murio/se_lastimo/lesionad-/muert-
no_es/no_era/no_fue/no_son/no_eran/era_puro/fue_puro/eran_puros ..2 gas/fuego/incendio/balazos/disparos/humo/
    grave/sangre
no_de/y_no/no_a gas/fuego/humo
falsa_alarma/simulacro
boca(s)/boquilla/toma(s)/llave/bomba/pompa/pila de? ..1 incendio(s)/bomberos/fuego
hidrante(s)
alarma(s) ..1 incendio(s)/humo/fuego/gas ..3 pila/bateria/chilla/pita_cada/gratis/instal-/prueba/vacia/
    descargad-
escalera(s)/salida(s)/puerta(s)/extintor(es)/extinguidor/alarma/ruta(s)/simulacro/permiso/inspeccion/riesgo/
    peligro/zona/carril/linea/toma/prevencion/seguro/control/ley/ordenanza/hazard/codigo/detector(es)/camion/
    camiones/manguera/rociadores/hueco/via ..1 de/contra/para/por incendio(s)/fuego/humo/bomberos/emergencia(s)
peligro/riesgo/miedo/temor/preocupa ..2 incendio(s)/fuego/quem-/explosion/lumbre/accidente(s)/choque(s)
estacion/cuartel/departamento/depto/carril(es)/camion/camiones/troca/linea/zona/entrada/salida/casa/academia/
    parque/museo/unidad/dia/bomba/carro/carros/sindicato ..2 bombero(s)/policia/ambulancia(s)/patrulla(s)/
    incendio(s)
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
pusieron_fuego/escribi-/escribieron/pintaron/pintado/pinto/pintada/rayaron/grafiti/graffiti/mural/dibuj-/
    letrero_que/dibujo/calcomania/pintura ..6 fuego/llamas/auxilio/muerte/morir/matar/suicid-/bomba/pistola(s)/
    bala(s)/sangre/cuchillo/armas/arma/ayuda/911/incendio/calavera/balazos/muerto
cuchillo/pistola/arma/bomba/navaja ..1 dibujad-/pintad-/de_juguete/de_agua/neumatica/de_clavos/de_pintura/
    de_radar/de_aire/de_cocina/de_silicon/de_plastico/de_balines/de_mentira/bueno
clavando/clavan/clavadora/taller/ruido ..2 pistola
como/igual_que ..1 bomba/explosion/explosiones/terremoto/infarto/canonazo/pistola/guerra/escena_de_crimen
parece(n)/pareciera/parecia/mas_que ..1 balazo(s)/balacera/disparo(s)/bomba/bombazo/explosion/explosiones/
    pistola/tiros/guerra/escena_de/muerto/cementerio/infarto/terremoto/zona_de/balas/tiroteo/canonazo/sangre
fuegos/cohete(s)/cuetes/petardo(s)/escape/mofle(s)/truena(n)/cohetones/petardazo ..4 como/parecen/parece ..2
    balazo(s)/balacera/disparo(s)/bomba/bombazo/explosion/pistola/tiros
cohete(s)/cuete(s)/petardo(s)/cohetones ..3 explot-/tron-/explosion(es)
te/como/tu llamas
si/cuando/que ..1 llamas/llames
estacion/estaciones/compania/cia/recibo/bill/cuenta/precio/camion/camiones/bomba(s)/pago/servicio/contador/bil/
    trabajadores/cuadrilla/empresa/biles/tarjeta/parche ..1 de/del/con_el/la_del? gas
los/la/el del gas
pasto/estufa/parrilla/asador/podadora/calenton/boiler/calentador/sopladora ..1 de gas
gas_station/gas_company/gasolina_cara/gas_natural_sube/gas_lp
conos/zanja/trabajos/obra/fuga_de_gas_de/reparacion/parche/hoyo ..5 fuga_de_gas_de_MONTH/del_gas/de_la_del_gas
humo/olor/huele/oler ..4 mota/marihuana/cigarro(s)/cigarrillo(s)/tabaco/vape/carne_asada/asador/barbecue/bbq/
    parrilla/barbacoa/mosquitos/escape/diesel/caca/basura/cano/popo/incienso/weed/carbon/chimenea/camiones/
    camion/guaguas/lena/fogata/asada/pescado/muerto/orines/pupu/cloaca/drenaje/comida/grasa/restaurante/copal/
    buses/tacos/trocas/mofle
mota/marihuana/cigarro(s)/cigarrillo(s)/carne_asada/asador/asado/barbecue/bbq/parrilla/barbacoa/chimenea/fogata/
    camion/camiones/buses/guagua(s)/mofle/escape/carne/troca(s)/taqueria/restaurante/diesel/trailer/trailers/
    motor/trocas/asan/asando/fuman/fumando/fuma/hookah/cocina_del_restaurante ..5 humo/humareda/humazo/huele/
    apesta
agua ..4 huele/olor/sabe/sabor ..1 cloro/huevo_podrido/gasolina/azufre/quimico(s)
huele/olor/apesta/hiede ..2 huevo_podrido ..4 agua/coladera/drenaje/basura/alcantarilla/canal
drenaje/alcantarilla/basura/coladera/lago/canal ..3 huevo(s) podrido(s)
agua ..1 esta caliente/hirviendo
me/nos/les/te/se ..1 mata/matan/mato/esta_matando/estan_matando/matando/mataba/va_a_matar/asesina ..3 risa/
    coraje/estres/calor/ruido/aburrimiento/hambre/llanta(s)/bache(s)/hoyo(s)/rin/suspension/espalda/humo/musica/
    olor/frio/semaforo/trafico/carro/nervios/renta/peste/manana/bocina/pena/sueno/perros/perro/curiosidad/tos/
    alergia(s)/flojera
ciudad/bache(s)/calor/ruido/musica/vecino/olor/alergia/alergias/polen/trafico/renta/estres/frio/juego/semaforo/
    nivel ..3 me/nos ..1 mata/matan/mato/matando/esta_matando/estan_matando/asesina
mama/jefe/esposa/esposo/marido/mujer/papa ..2 me ..1 va_a_matar/mata/quiere_matar/matarme
mi_mama/mi_esposa/mi_jefe/mi_jefa ..2 por_matarme/me_mata
muerto(s)/muerta(s)/muero/muriendo/morimos/muriendome/morir/morirme/mueren/muriendonos de ..2 calor/hambre/frio/
    risa/sed/sueno/aburrimiento/pena/coraje/verguenza/ganas/miedo_con/nervios/tristeza/cansancio/curiosidad/
    la_pena/la_risa/la_verguenza
me_muero ..1 por/si/con_ese/con_esta/con_este
casi/por_poco/a_punto/ya_mero/poco_falta/apenas ..5 mat-/mata/mato/mataba/mato_en/atropell-/atropello/chocan/
    choco/chocamos/choque/muero/infarto/caigo/cae/cai/me_caigo/pegan/pega/ahog-/muere/morimos/estrell-/llevan/
    lleva/golpea/accidente/infarta/aplasta/arrolla/llevo/mi/ataca/muerde/electrocut-
va_a/van_a/puede/podria/pueden/podrian/vaya_a/vayan_a/va/iban_a/hasta_que/antes_de_que/para_que/ocasionar/
    causar/provocar/esperan_a/esperan_que/hasta/vayan/evitar/puedan/pudiera/iba_a ..2 atropell-/un_accidente/
    accidente(s)/matar_a_alguien/matarse/matar_a_un_nino/choque(s)/haya_un_accidente/chocar/morir/mate(n)/muera/
    haya_muertos/un_muerto/herid-/lastim-/desgracia/tragedia/quemar/incendi-/explot-/un_incendio/ahog-/
    caer_alguien/electrocut-/maten/muerto/suceda/pase_una/haber_un/haber/un_choque/ser_un ..3 alguien/un/una/
    ahi/aqui/nino(s)/a/$/si/mi/dia/con/se/por/en
alguien/gente/uno/nino(s)/persona/peaton/a ..1 se? va_a/puede/podria/pueden/van_a ..2 matar/mata/morir/caer/
    lastimar/ahogar/herir/electrocutar/atropellar/romper/golpear/perder/tropezar/quemar/quebrar/cortar
se/uno va/van/vaya/puede a? matar/ahogar/electrocutar/lastimar alguien/un/una/uno/ahi/si/por
se/uno mata(n) ..3 en/alguien/si/hoyo/escalones/bache
un_dia/algun_dia/un_dia_de_estos/cualquier_dia/el_dia_que ..6 atropell-/matar/mata/accidente/muert-/incendio/
    fuego/prende/choque/quem-/lastim-/muere/ahog-/explot-
accidente(s)/choque(s) ..2 seguido/a_cada_rato/siempre/cada/este_ano/constantes/frecuentes/todos_los/han_habido/
    ha_habido
muchos/varios/tantos/tres/cuatro/cinco/mas/otro/dos/ha_habido/van/tantas/cuantos ..2 accidentes/choques/
    atropellados
han_habido/ha_habido/hubieron/hay_muchos/hay_varios/ya_hubo/cada_rato ..3 accidente(s)/choque(s)/atropellad-
ANIMAL ..6 atropell-/muert-/herid-/murio/murieron/aplastad-/malherid-/no_respira/golpead-/envenen-/lastimad-/
    ahogad-/atrapad-/atorad-/encerrad-/sangr-/desangr-/desmay-/abandonad-/sin_vida/electrocut-/viva/respira/
    matando/matandose/aullando/se_cayo/cayo/hinchad-/perdid-/perdio/perdi-/no_aparece/cojeando/solo(s)/mueve
atropell-/atropey-/atropello/mataron/mato/muri-/murio/muert-/herid-/golpear-/golpeo/aplast-/pegaron_a/respira/
    atrapad-/atorad-/encerrad-/perdi-/perdio/envenen-/ahog-/electrocut-/lastim-/secuestr-/encerraron/matando ..3
    ANIMAL
ANIMAL ..3 muri-/mata/mato/matan/mordio/ataco ..2 ANIMAL/gallinas/mi_gato/mi_perro/otro_perro/mis_gallinas/otro
muerto(s)/muerta(s) ..2 en_la_carretera/a_la_orilla/de_la_risa ..2 ANIMAL
se_perdio/se_me_perdio/perdi/se_escapo/extravie/extravio/no_encuentro/no_hallo/encontre ..2 ANIMAL/cartera/
    llaves/telefono/celular/paquete/bote/tarjeta/pagina/boton/numero/folio/casilla
THING ..4 chocad-/choco/chocaron/atropell-/tumbad-/muert-/herid-/quemad-/golpead-/aplast-/robad-/balead-/
    destroz-/secuestr-/mat-
chocaron/choco/choque/estrell-/atropell-/golpe-/aplast-/mato/mataron/tumbo/pego/pegaron/dispararon/balearon/
    tiraron/asalt-/quebr-/estamp-/agarr- ..1 con/contra/el/la/al/a/un/una/los/mi/ese? ..1 THING/buzon
carro(s)/casa/coche/moto/troca/van/edificio/foco/bombilla/luz/lampara/poste/colchon/sillon/todo_lo/cosas/
    frijoles/tablas/techo/bombillo/pasto/arbol/llantas ..2 quemad-/chamuscad-/incendiad-
se ..2 quemo/fundio/quemaron/queman/prende/quema ..3 foco(s)/bombilla(s)/bombillo(s)/lampara(s)/luz/luces/
    faro(l)/luminaria(s)/frijoles/comida/arroz/semaforo/pila
quemaron/quemado/quemada/quemados/quemadas ..3 ahi/hace/colchon/carro/basura/MONTH
foco(s)/bombilla(s)/lampara(s)/luz/luces/luminaria(s)/faro/farol ..3 quem-/muert-/apagad-/fundid-/explot-/fundio
sol/ojos/ventana/luz ..2 me ..1 quema
quema(n)/quemando/quemar basura/hojas/cables/llantas/ramas/mota/incienso/yerba/plastico/carbon/lena
prende(n)/prenden/hacen/fogata(s)/prendiendo/queman ..2 fogata(s)/fuego ..3 zafacones/campamento/parque/todas/
    noche(s)/carpas
cenizas/ceniza ..2 fuego/fogata/incendio
despues/desde/del/donde_fue/barreras/escombro/por/resto(s)/quedo/de_cuando_el ..1 del/de/el/fue_el/un?
    incendio(s)/fuego/choque/accidente/explosion/balacera/derrumbe/huracan
ya apagaron/se_apago/lo_apagaron/apagado/sofocaron/se_la_llevaron/se_lo_llevaron/se_llevaron ..3 fuego/incendio/
    lumbre/todo/$
incendio/fuego ..3 fue/apagado/ayer/en_la_tele/pasado
va_a_dar/iba_a_dar/dan/da/dio/dieron/dar un ..1 infarto(s)/ataque/derrame/patatus ..4 coraje/cuenta/domingo/
    enojo/susto/grito/telefono/renta/precio/bill/recibo/cada/del/de_ver/con
de un infarto/susto
es/parece/seria/como un suicidio
suicidio/suicida ..2 cruzar/bajar/caminar/manejar/doblar/pasar
corazon/garganta/alma/pecho partio/partido/roto
emergencia/incendio/secuestro/asalto del/de_mi/de_la/de_barcelona/en_la ..1 corazon/moda/telenovela/rosa/novela/
    tele
gasolina/precio(s)/renta/cobro/factura/recibo/multa/cobraron ..4 asalto/robo
es_un/son_un/puro/parece asalto/robo/atraco/crimen
asaltaron/asalto/asalta ..1 las/la/una ganas/duda/dudas
auxilio/socorro/ayuda ..2 mis_oidos/se_me_quemaron/jaja/con_la_tarea/una_persona_de_verdad/con_el_ingles/
    no_le_entiendo/no_entiendo/aplicacion/app/una_persona/humano/con_mi/con_los/con_el/con_la/para/de/economica/
    social/legal
grita/dice/gritando auxilio desde_el_techo/jaja
casas/escena/pelicula(s)/peli/novela/serie/juego/videojuego/cancion/capitulo/noticias ..3 balacera(s)/crimen/
    muertos/matan/asesin-/secuestr-/mato/muere/incendio/explosion/disparos
mataron/mato/matamos/masacre ..3 equipo/presion/tiempo/partido/luz
metieron ..2 robar
viv-/viviendo ..4 canal/carro/van
hay alguien en_casa $
curso/clase(s) ..3 cuchillo(s)
hambre_que me muero
hay gente viviendo
pego/pegados ..2 casas una_chispa
ratas/ratones ..2 secuestrado/campo
explosion de ratas/color/sabor/colores
vaso_de_agua
dan narcan
no_quiero seguir $
mata/matar/matan/mate ..2 mosquitos/ratas/cucarachas/mosco(s)/hormigas/tiempo/yerba/maleza/zancudos/hierba/
    plagas/termitas/ratones
ahoga(n)/ahogan/ahogando/ahogado/ahogar/ahogan_las ..3 matas/plantas/basura/pasto/jardin/mosquitos/trabajo/
    deudas/drenaje/hojas/maleza/arbol/arboles/zacate/alcantarilla/humo_del/de_risa
drenaje/coladera/alcantarilla/jardin/arbol(es)/planta(s)/pasto/rejilla/roble/motor ..3 ahog-/asfix-/ahorc-/
    atragant-/estrangul-
hiedra/enredadera/rama(s)/maleza ..4 ahorc-/ahog-/asfix-/atac-/estrangul-/pega(n)/pican/golpe-
me ..1 pega(n)/golpe- ..2 sol/luz/cabeza/cara/ramas/ventana/recamara
luz/sol/rama(s)/letrero/senal/farol ..6 pega(n)/pegan/golpe-
poste/pared/grifo/planta/llanta(s)/tire/goma/bolsa(s)/sandia/chisme/globo/zafacon ..2 explot-/revent-/exploto/
    estallo/pinchad-
exploto/reventaron/revento/estallaron ..3 llanta(s)/goma(s)/bolsa(s)/chisme/globo/bote/cabeza/risa/raiz/banqueta
la raiz/raices ..3 revent-/levant-
aplasto/aplastaron/aplastado ..2 buzon/bote/zafacon/carro_vacio/scooter/basura
carro/coche/troca ..2 vacio/abandonado
numero/telefono/linea/correo/pagina/oficina/estacion/denuncia/reporte/horario/queja/quejas/examen/carrera/
    academia/desfile/evento/acostado ..4 policia(s)/bombero(s)/emergencia(s)/911
policia acostado/muerto
policia/ambulancia/bomberos/patrulla(s)/paramedicos ..3 no_puede/no_pudo/no_pasa/no_pueden/no_puedan/no_hace/
    nunca/tarda/se_perdio/tuvo_que/batall-/dejo/pudo/pasa/vieja/abandonada/cobra/paso/cuesta/no_cabe/vienen/
    estacionad-
pasa(n)/pasar/pase/pasen/cabe/entrar/espacio/entrada/salida/ruido/costo/cobro/bill/recibo/puede/sirena(s)/
    camion/bahia/lugar/puesto/aullando/impide/rampa/vinieron/vino/llegaron/llego ..4 ambulancia(s)/bomberos/
    emergencia(s)/patrulla(s)
reportar/reporte/poner/donde_pongo/denuncia/quiero_poner/como_pongo/queja/hacer ..6 robaron/denuncia/robo_de/
    asalto ..3 hace/pasado/anoche/ayer/denuncia/policia
mas/mande/manda/mandar/mandan/pongan/ponen/falta/faltan/haya/quiero/queremos/puesto/metan/hace_falta/
    necesitamos/pedimos/puedes_mandar/pueden_mandar/puede ..1 mas/ni_una/vigilancia ..2 patrulla(s)/patrullaje/
    policia(s)/vigilancia
este/es/son ..3 numero ..2 emergencia(s)
hospital/sala/cuarto/entrada/salida/puerta/luz/freno/luces/telefono/boton/contacto/zona/fondo/clinica/
    reparacion/plomero/vivienda/refugio/llanta ..1 emergencia(s)
no_es_nada/nada grave/urgente
si/por_si/cuando/en_caso/caso ..4 emergencia(s)/incendio(s)/fuego/accidente
si hay ..2 fuego/incendio/emergencia/gas
sangre ..4 seca/de_un_animal/de_animal/pintura/venado/perro/mancha(s)/vieja/donar
mancha(s)/pintura/gota(s)/dono/donar/venda(s)/gasa(s)/donacion/tipo/examen/prueba ..4 sangre
jeringa(s)/jeringuilla(s) ..3 tirad-/en_el_parque/regad-/parque/sangre/usad-
clinica/hospital/doctor/medico/seguro/dialisis/vacuna ..4 emergencias/ambulancia/infarto
golpe de ..1 estado/suerte/calor_en_la_cancha
pelea/peleando/peleas ..2 gatos/perros/gallos/parqueo/estacionamiento/espacio/lugar/box/ufc
grita/gritan/gritando/gritos/griterio ..4 gol/como_locos/cancha/nino(s)_jugando/partido/musica/jugando/fiesta/
    toda_la_noche/solo/futbol
nino(s)/muchachos/borrachos/gente/vecinos ..3 gritan/gritando/gritos ..3 mucho/cancha/toda/parque/jugando/noche/
    fiesta
duerme/durmiendo/dormido/dormida/duermen/acampando/viviendo/vive(n) ..4 parada/calle/carro/parque/banca/carpa/
    escalera(s)/puente/entrada
hambre/sed/sueno ..2 muerto/muriendo
bomba(s) ..1 de_agua/de_gasolina/plena/puertorriquena/del_pozo/de_aire/de_tiempo/del_parque/nuclear
ruido/sono/sonido/suena ..3 bomba/bombazo/explosion(es)
mina/campo/cementerio/esqueleto/asesin- ..2 bache(s)/hoyo(s)/muert-/bicicletas
bache(s)/hoyo(s)/semaforo(s)/calle(s)/lampara(s)/arbol(es)/poste(s)/letrero/pasto/planta/esquina ..3 asesin-/
    muert-/mortal(es)/de_la_muerte
lamparas/luces/luz/letrero/senal/llanta/semaforo(s)/planta(s)/pino/arbol/ceiba/jardin/bateria/piscina/zona/
    calle/carga ..3 muert-
muerto/muerta/muertos/muertas en_la_calle_el/de_la_risa/de_miedo_en
hielo/nieve ..3 me_cai/resbal-
me/se resbal- ..4 hielo/nieve
alto(s)/bordo(s)/semaforo/policia/patrulla/topes/camaras ..2 urgente
gato/perro/mapache/pajaro/ardilla ..3 atrapad-/atorad-
saque(n)/sacar ..1 basura/perro
cable(s)/alambre(s)/linea(s) ..2 telefono/internet/cable_tv/fibra/spectrum/xfinity/att/comcast/tv/television/
    la_bici/la_television/datos/tendedero/la_compania_de_cable/verizon/frontier/optimum
bote(s)/basura/basurero/zafacon/contenedor ..4 llevaron/robaron
llevaron/robaron/robo ..2 bote(s)/basura/zafacon/letrero/planta(s)/paquete(s)/bici/bicicleta/placa(s)/plantas
baja/bajo/baje/subio/subieron/cierra ..1 volumen/musica
ayuda para/con/de/a/economica/por_favor_con/social
no/ya_no ..1 responde(n)/contesta(n)/habla(n)/contestan ..4 nadie/telefono/mensaje(s)/correo(s)/llamadas/
    oficina/ciudad/311/bot/ingles/landlord/dueno/semaforo/boton/casero/manager/espanol
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
la_semana/el_mes/el_ano/el_verano/el_invierno/el_otono/la_primavera/la_noche/el_SEASON/la_SEASON pasado/pasada/
    anterior
WEEKDAY/MONTH pasado/pasada
el/este/los/desde_el/cada/todos_los/del/un WEEKDAY
WEEKDAY ..2 en_la_noche/por_la_noche/en_la_manana
en/de/desde/del/a_principios_de/a_finales_de ..1 MONTH
fin_de_semana/cada_vez_que_pasa(n)/cada_vez_que_llueve/esta_manana/hoy_a_las/el_otro_dia/la_otra_vez/
    la_otra_noche/la_vez_pasada/hace_tiempo/hace_mucho_tiempo/hace_unos/alguna_vez/una_vez/el_otro_ano/
    aquella_vez
hace/lleva(n)/desde_hace ..3 dia(s)/semana(s)/mes/meses/ano(s)/rato_largo/tiempo/siglos
tiene(n) ..3 dia(s)/semana(s)/mes/meses/tiempo
cada/todas_las/todos_los/casi_todas_las/todo_el/toda_la ..1 dia(s)/noche(s)/semana(s)/fin(es)_de_semana/fines/
    tarde(s)/manana(s)/mes/meses/ano/verano/domingo/partido/invierno/aguacero/tiempo/semana
siempre/seguido/a_cada_rato/de_vez_en_cuando/diario/a_diario/a_veces/normalmente/antes/muchas_veces/
    varias_veces/nunca/usualmente/otra_vez_como_siempre
este/en_este/ese/en_el/el ano/YEAR
en YEAR
ya_apagaron/ya_lo_apagaron/ya_se_apago/ya_paso_todo/falsa_alarma/ya_lo_arreglaron/ya_vinieron/ya_no_hay/
    ya_se_fueron/ya_lo_quitaron/ya_termino/ya_se_los_llevaron/ya_se_lo_llevaron/no_paso_nada/todos_bien/
    estoy_bien/estamos_bien/gracias_a_dios_no/ya_esta_bien/jaja/jajaja/jajajaja/jeje/lol/xd/jaj-
donde_pongo/donde_denuncio/poner_una_denuncia/poner_la_denuncia/hacer_un_reporte_de_robo
"""

# It is happening, whatever else the message tells of.
STILL = """
ahorita/ahora_mismo/en_este_momento/en_estos_momentos/ahora_mismito/acaba(n)_de/acaba/acaban/apurense/apurenle/
    no_respira/se_esta_muriendo/auxilio/en_este_instante/ya_mismo/inmediatamente/apurele/no_despierta/
    no_reacciona
"""
