"""Spanish: the phrases by tier; the notation is that of `nlu.phrasebook`."""

from __future__ import annotations

from nlu.emergency_phrases import spanish_harm as harm
from nlu.emergency_phrases import spanish_harmless as harmless
from nlu.emergency_phrases import spanish_hazard as hazard
from nlu.emergency_phrases import spanish_words
from nlu.interpreter import Emergency
from nlu.phrasebook import Phrasebook

_ASKS = """
manden/mande/manda/mandame/mandenme/envien/envie/envia/llamen/llame/llama/llamenle/necesito/necesitamos/ocupo/
    ocupamos/urge/urgen/pidan/pida/traigan/vengan/hablen/hablenle/hablale/marquen/marquenle/marca ..4 SQUAD
SQUAD ..1 rapido/urgente/por_favor/pronto/apurense/inmediatamente/auxilio
SQUAD ya/ahora/ahorita $
rapido/urge un? SQUAD
SQUAD .? SQUAD
^ ambulancia/bomberos/policia/paramedicos/paramedico/patrulla $
call 911 por_favor
el_911/911/nueve_once/al_911 ..5 no_contesta/no_me_contesta/colgo/ocupado/no_contestan/no_me_contestan/no_entra/
    no_habla-/suena_y_suena/en_espera
llamen/marquen/llame/llama/marca/hablen ..2 al 911
emergencia medica
"""

_LIKELY = """
^ sos/mayday $
auxilio/socorro/ausilio/auxilioo/auxilien-/auxilienme/socorran-
^ ayudenme/ayudeme ./ayuda/ayudenme/ayudeme/por_favor* $
^ ayuda ayuda/ayudenme/ayudeme/por_favor ./ayuda/ayudenme/ayudeme/por_favor* $
ayudenme/ayuden/ayudeme/ayudennos/ayudenos/ayudame ..2 por_favor/apur-/rapido/auxilio/estoy/me_estoy/PERSON/
    esta/se/dios/ya
ayuda ..2 rapido/urgente/ahora_mismo/ahorita/apur-/ya/hay/ay/se/mi/me_estoy/estamos/PERSON/no_respira/me_van/un
manden/mande/necesito/necesitamos/ocupo/envien ayuda/a_alguien ..2 ya/rapido/urgente/ahora/ahorita/$/por_favor
pidiendo/piden/pide/pidio/gritando/grita/suplicando ..1 ayuda/auxilio/socorro
es/tengo/tenemos/hay/ay/tenga ..1 una? emergencia
^ emergencia(s) ./emergencia/por_favor/urgente/aqui/ayuda* $
vida_o_muerte/cuestion_de_vida/caso_de_vida/de_vida_o_muerte
me/nos ..1 muero/morimos ..1 ayud-/auxilio
apurense/apurenle/apurele/corran/corranle/corre/vengan/venga ..3 muere/muriendo/rapido/por_favor/ya/pronto/
    matando/ayud-
^ corran/vengan/apurense/apurenle ..3 $
alguien/PERSON ..3 herid-/lastimad-/golpead-/grave/en_peligro/malherid-/atrapad-/quebrad-/se_lastimo/
    ocupa_ayuda/necesita_ayuda/necesitan_ayuda/pide_ayuda/pidiendo_ayuda/necesita_un_doctor/necesita_doctor/
    muy_enferm-
estoy/estamos/esta/estan ..1 en_peligro/herid-/lastimad-/atrapad-/encerrad-/perdidos_en/perdido_en/perdida_en
corre/corro/corremos/corren peligro
miedo ..4 mate/me_haga/nos_haga/mi_vida/que_entre/me_pegue/que_regrese/que_vuelva/por_mi_vida/me_encuentre/
    no_se_que_hacer/golpee/mis_hijos
tengo/tenemos/muero_de/mucho/con miedo ..2 $/./PERSON/hay/esta/afuera/ayud-
KID ..4 perdi-/extravi-/desaparec-/solo/sola/solit-/descalz-/llorando/perdid-/no_aparece/no_llego/no_regres-/
    sin_nadie/sin_papas
perdi-/extravi-/desaparec-/salio/escapo/no_aparece/no_encuentro/no_encontramos/no_encuentran/no_hallo/
    no_hallamos/buscando_a/no_vemos_a ..3 KID/alzheimer/demencia
se_me/se_nos ..2 perdio/extravio/desaparecio/salio ..3 KID
NOFIND ..3 KID
KID ..6 NOFIND/no_esta/no_sale_de/no_bajo_del/no_llego
alzheimer/demencia/senil/despistad-/autista/autismo ..6 perdi-/salio/escapo/no_aparece/encuentr-/solo/sola/
    no_regres-/calle
KID ..5 alzheimer/demencia/autismo/autista ..5 perdi-/salio/no/solo/calle
no bajo del ..2 bus/camion/autobus
dejaron/abandon-/dejo ..2 bebe/recien_nacido/nino/nina
viejit-/viejo/vieja/senor/senora/abuelit-/ancian-/anciana/abuela/abuelo/senorita ..4 perdid-/desorientad-/
    confundid-/en_bata/descalz-/sin_zapatos/medio_de/no_sabe_donde/no_recuerda
PERSON ..4 tirad-/acostad-_en_la_calle/botad-/boca_abajo/boca_arriba/inmovil/en_el_suelo/en_el_piso ..3 $/./y/
    en/no/afuera/banqueta/acera/piso/suelo/calle/parece/enfrente/sin/creo/por/con/como/junto/ahi/aqui
tirad-/tumbad- ..4 PERSON ..3 no/sangr-/mueve/viv-
hay/ay ..3 tirad- en_el_piso/en_el_suelo/en_la_calle/en_la_banqueta/en_la_acera/ahi/boca_abajo
estoy/estamos tirad-/en_el_suelo/en_el_piso
PERSON ..4 cayo/callo/caido/desplomo ..3 $/./y/no/escalera-/bano/suelo/piso/ayud-
PERSON ..3 se_puso_mal/se_siente_mal/se_siente_muy_mal/esta_mal/muy_mal/bien_mal/esta_grave/no_esta_bien/
    mareado_y
se_puso/puso/me_siento/se_siente/esta ..1 muy_mal/grave/bien_mal
pelea/pelean/peleando/pleito/bronca/rina/agarrando_a/trompadas ..4 calle/afuera/gente/hombre-/golpes/muchach-/
    hombres/PERSON/trancazos/madrazos/mucha/fuerte/ahorita
dispar-/balas/cuetes_o/tiros ..3 o_cohetes/o_balazos/creo/parece/no_se
sonaron/sono/oyo/oimos/oi/escuche/se_oye/escuchamos ..3 explosion/bomba/balazos/disparos/estruendo/tiros/gritos/
    grito/tronido
suena/sonaron ..2 como ..1 balazos/disparos/tiros/balas/pistola
grito(s)/gritando/gritan/grita ..5 PERSON/ayuda/auxilio/terrible-/desesperad-/horrible-/desgarr-
PERSON ..2 gritando ..3 ayuda/auxilio/que/como_loc-/dolor/desesperad-/socorro
PERSON ..4 NO ..1 parar/levantar/levanta/pararse/levantarse/mover/moverse/caminar
NO ..3 hace/desde/contesta ..4 dia(s) ..6 vecin-/senor-/huele
vecin-/viejit-/senora/senor/ancian-/mama/papa/abuel-/tia/tio/hermano/hermana ..6 no_sale/no_contesta/no_abre/
    no_la_veo/no_lo_veo/no_lo_vemos/no_la_vemos/no_ha_salido/no_hemos_visto/nadie_lo_ha_visto/no_sabemos_de ..6
    dias/dia/puerta/desde/semana/huele/telefono/horas/periodicos/tele/preocup-
alarma/detector ..3 incendio(s)/humo/fuego ..3 sonando/suena/pitando/activ-/no_para/prendid-
olor/huele ..4 gasolina/amoniaco/cloro/quimico(s)/azufre/diesel/pegamento/acetona/raro_y ..5 fuerte/casa/
    edificio/pasillo/mareo/mareado/mareada/drenaje/horrible/cuarto/mucho/adentro/apartamento/sotano/escuela
huele/olor ..3 quemado/quemandose/quema ..4 cable(s)/casa/pared/edificio/plastico/cuarto/enchufe/elevador/
    adentro/depa/luz/apartamento/$/corriente/caliente
HOUND ..3 BITES ..3 $/PERSON/me/mi/a/ayer
me/le/lo/la/nos ..2 BITES ..3 HOUND/$
HOUND ..3 ataca/atacando/ataco/persig-/acorral-/encima/correte-/siguiendo ..3 PERSON/gente/me/a
esta/estan/anda/andan/hay ..4 rondando/merodeando/espiando/acechando/vigilando/asomand- ..3 casa/ventana/
    escuela/nin-/mi/por/carro
me/nos esta(n) acosando/amenazando/molestando/siguiendo
me/nos/la amenazo/amenazaron/amenaza/amenazan
PERSON ..3 sangr-/sangrando/con_sangre/golpead-/llorando_y/desnud-
hay/veo/mucha sangre
borracho(s)/borracha/drogado/drogada/crisis ..6 amenaz-/violent-/agresiv-/rompiendo/golpe-/tir-_cosas/gritando
PERSON ..3 crisis/brote ..6 medicina/violent-/amenaz-/agresiv-/nervios
no puedo mas ..2 $/./con_mi_vida/con_la_vida/ayud-/ya
ya_no puedo/aguanto/aguanto_mas ..1 $/./mas/ayud-/con_la_vida
carro/camioneta/troca/van/VEHICLE ..4 sin_frenos/se_estan_chocando
persona(s)/gente/alguien/nino(s)/nina/hombre/mujer/muchach-/PERSON ..3 atrapad-/atorad-/encerrad-/
    sin_poder_salir
nos_perdimos/estoy_perdid-/estamos_perdid- ..4 cerro/bosque/monte/desierto/montana/sendero/canon
hielo ..3 PERSON ..3 caminando/jugando/cayo
siguiendo/persiguiendo ..3 PERSON/mujeres
me/nos ..1 pego/golpeo/acosando $/./PERSON
golpe-/pegando/pateando ..2 PERSON
"""

_PHRASES: tuple[tuple[Emergency, str, bool, str], ...] = (
    ("911", "fire", True, hazard.FIRE),
    ("911", "gas", False, hazard.GAS),
    ("911", "power lines", True, hazard.WIRES),
    ("911", "crashes", True, harm.HURT),
    ("911", "illness and injury", True, harm.SICK),
    ("911", "weapons and violence", True, harm.CRIME),
    ("911", "crime in progress", True, harm.CRIME_NOW),
    ("911", "water", True, hazard.WATER),
    ("911", "self-harm", False, harm.SELF_HARM),
    ("911", "collapse", True, hazard.COLLAPSE),
    ("911", "explosions", True, hazard.BLAST),
    ("911", "chemicals", True, hazard.CHEMICAL),
    ("911", "asked for by name", False, _ASKS),
    ("likely", "someone may be in danger", True, _LIKELY),
    ("urgent", "the road", True, hazard.URGENT_ROAD),
    ("urgent", "signals and signs", True, hazard.URGENT_SIGNAL),
    ("urgent", "flood and sewage", True, hazard.URGENT_WATER),
    ("urgent", "about to fall", True, hazard.URGENT_FALLING),
)

SPANISH = Phrasebook(
    phrases=_PHRASES,
    harmless=harmless.HARMLESS,
    past=harmless.PAST,
    still=harmless.STILL,
    spellings=spanish_words.SPELLINGS,
    words=spanish_words.WORDS,
)
