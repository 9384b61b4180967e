"""Spanish commands and short answers, as people text them in the United States; all without accents."""

from __future__ import annotations

from nlu.command_words import Answer, CommandWords, Wrong, pattern, phrases
from nlu.street_words import words_of

PHRASES = phrases(
    {
        "affirm": "si,sii,sip,sipi,simon,si si,sisi,s,ok si,si ok,dale,dale dale,dale pues,correcto,correcta,"
        "es correcto,es correcta,esta correcto,todo correcto,eso es correcto,exacto,exactamente,asi es,"
        "asi mero,asi mismo,asi esta bien,ahi mero,ahi mismo,ahi es,claro,claro que si,claro si,va,va pues,"
        "sale,sale pues,sale y vale,andale,andale pues,orale,orale pues,orale si,arre,eso es,eso mero,"
        "eso mismo,eso,ese mero,esa mera,ese mismo,esa misma,ese es,esa es,esa es la direccion,esa direccion,"
        "de acuerdo,deacuerdo,estoy de acuerdo,acepto,aceptar,confirmo,confirmado,confirmar,le confirmo,"
        "se lo confirmo,listo,esta bien,muy bien,todo bien,todo esta bien,se ve bien,se ve bien todo,perfecto,"
        "perfecto asi,vale,vale si,va que va,adelante,siga adelante si,prosiga,proceda,"
        "por supuesto,por supuesto que si,desde luego,definitivamente,seguro,seguro que si,afirmativo,aja,"
        "cierto,es cierto,efectivamente,en efecto,como no,obvio,obvio si,simon que si,pues si,pos si,bueno si,"
        "ah si,ay si,que si,creo que si,yo creo que si,oki,okis,okey,okei,ok dale,ok va,ok esta bien,"
        "ok perfecto,mandalo,mandelo,mandenlo,mandalo asi,mandelo asi,envialo,envielo,enviar,enviar asi,"
        "reportalo,reportelo,registralo,registrelo,hagalo,hazlo,hagale,dele,dele pues,echale,echele,ponlo asi,"
        "ya mandalo,ya mandelo,me parece bien,me parece,de una,positivo,tal cual,"
        "tiene razon,tienes razon,por favor si,si acepto,si confirmo,si claro,si dale,si es,si esta bien,"
        "si asi es,si eso es,si es correcto,si es correcta,si esa es,si ese es,si quiero,si mandalo,si mandelo,"
        "si envielo,si gracias,si señor,si señora,sí señor,sin duda,afirma,bien asi,autorizo",
        "deny": "nop,nel,nel pastel,nelson,nones,noup,para nada,no para nada,no no,no no no,no señor,no señora,"
        "incorrecto,incorrecta,es incorrecto,esta incorrecto,negativo,falso,es falso,mal,esta mal,eso esta mal,"
        "todo mal,todo esta mal,esta todo mal,equivocado,equivocada,esta equivocado,esta equivocada,"
        "estas equivocado,no gracias,no muchas gracias,nada,nada de eso,nada que ver,ninguna,ninguno,"
        "ninguna de esas,ninguno de esos,ninguna de las dos,ninguno de los dos,ninguna de esas opciones,"
        "ninguno de ellos,ninguna de ellas,ni una ni otra,ni uno ni otro,no ninguno,no ninguna,claro que no,"
        "por supuesto que no,desde luego que no,obvio que no,pues no,pos no,creo que no,yo creo que no,"
        "que no,que va,nunca,jamas,de ninguna manera,en absoluto,no estoy de acuerdo,no acepto,rechazo,"
        "no confirmo,todavia no,aun no,ahora no,ahorita no,ahorita no gracias,por ahora no,mejor no,"
        "no quiero,no lo mande,no lo mandes,no lo envie,no asi no,asi no,asi no es,"
        "esa no,ese no,esa no es,ese no es,eso no,eso no es,no es,no la otra,no el otro,no exactamente,no creo,"
        "no realmente,la verdad no,nah no,tampoco,no hombre,no wey,no es necesario,no hace falta",
        "skip": "saltar,saltarla,saltala,saltatela,saltar esta,saltar esa,saltar pregunta,saltar esta pregunta,"
        "saltese esa,saltate esa,omitir,omitela,omita,omita esa,omitir esta pregunta,pasar,paso,yo paso,"
        "pasala,siguiente,la siguiente,a la siguiente,siguiente pregunta,otra pregunta,la que sigue,"
        "pase a la siguiente,brincar,brincala,brincatela,brinca esa,me la brinco,me la salto,no se,no lo se,"
        "nose,no c,no ce,la verdad no se,no se la verdad,no se bien,no se eso,eso no se,eso no lo se,ay no se,"
        "pues no se,pos no se,mmm no se,no sabria decir,no sabria decirle,no estoy seguro,no estoy segura,"
        "ni idea,ni idea la verdad,no tengo idea,no tengo ni idea,quien sabe,pues quien sabe,sepa,sepa dios,"
        "sabra dios,que se yo,yo que se,no recuerdo,no lo recuerdo,no me acuerdo,desconozco,lo desconozco,"
        "no aplica,no contesto,sin comentarios,prefiero no decir,prefiero no decirlo,no tengo ese dato,"
        "no tengo foto,no tengo fotos,no tengo foto de eso,no traigo foto,no hay foto,sin foto,sin fotos,"
        "no foto,sin foto por favor,siga sin foto,sigue sin foto,continuar sin foto,mandelo sin foto,"
        "mandalo sin foto,no puedo mandar foto,no puedo tomar foto,no tome foto,no tengo camara,me da igual,"
        "da igual,da lo mismo,cualquiera,no importa eso,skip esa,next",
        "never_mind": "olvidalo,olvidelo,olvidenlo,olvidese,olvidate,olvida,olvide,olvida eso,olvide eso,"
        "ya olvidalo,ya olvidelo,mejor olvidalo,mejor olvidelo,ya no,ya no gracias,ya no quiero,"
        "ya no quiero nada,ya no quiero seguir,no quiero seguir,ya no hace falta,ya no es necesario,"
        "ya no necesito,ya no importa,no importa ya,dejalo,dejelo,ya dejalo,ya dejelo,"
        "mejor dejalo,mejor dejelo,mejor ya no,siempre no,siempre ya no,"
        "lo dejo asi,lo dejo,deja asi,dejemoslo asi,cancela,cancelar,cancele,cancelalo,cancelelo,cancelarlo,"
        "lo cancelo,cancela todo,cancela eso,cancela mi reporte,cancelar mi reporte,cancelar reporte,"
        "cancele mi reporte,quiero cancelar,quiero cancelarlo,prefiero cancelar,anular,anula,anulalo,anulelo,"
        "alto,parar,para,pare,parale,basta,ya basta,salir,quiero salir,salirme,me salgo,terminar,fin,finalizar,"
        "abortar,detener,detente,detengase,no haga nada,no mande nada,no era nada,no fue nada,falsa alarma,"
        "me arrepenti,cambie de opinion,fue un error,fue por error,ni modo,no me haga caso,descartalo",
        "start_over": "empezar de nuevo,empezar otra vez,empezar de cero,empezar desde cero,empieza de nuevo,"
        "empiece de nuevo,empiece de cero,empecemos de nuevo,empecemos otra vez,empieza otra vez,"
        "empezar desde el principio,empezar desde el inicio,empezar denuevo,quiero empezar de nuevo,"
        "quiero empezar otra vez,comenzar de nuevo,comenzar otra vez,comenzar de cero,comenzar desde cero,"
        "comienza de nuevo,comience de nuevo,comencemos de nuevo,volver a empezar,vuelve a empezar,"
        "vuelva a empezar,volver a comenzar,volvamos a empezar,iniciar de nuevo,inicia de nuevo,"
        "iniciar otra vez,reiniciar,reinicia,reinicie,reiniciemos,reinicio,resetear,resetea,resetealo,de cero,"
        "desde cero,desde el principio,desde el inicio,otra vez desde el principio,otra vez desde cero,"
        "de nuevo desde el principio,de nuevo,todo de nuevo,todo otra vez,al principio,al inicio,"
        "volver al inicio,volver al principio,regresar al inicio,borrar todo,borra todo,borre todo,"
        "borron y cuenta nueva,start over por favor",
        "help": "ayuda,ayudame,ayudeme,ayudenme,me ayuda,me ayudas,me puede ayudar,me puedes ayudar,"
        "necesito ayuda,quiero ayuda,alluda,alludame,ayudaa,menu,el menu,opciones,las opciones,ver opciones,"
        "instrucciones,informacion,comandos,como funciona,como funciona esto,como se usa,como se usa esto,"
        "que hago,que puedo hacer,como reporto,no entiendo,no le entiendo,no te entiendo,no entendi,???",
        "status": "estatus,estado,mi estatus,mi estado,el estatus,el estado,ver estatus,ver estado,seguimiento,"
        "estatus de mi reporte,estado de mi reporte,estatus de mi caso,estado de mi caso,mi reporte,"
        "mis reportes,mi caso,mis casos,y mi reporte,y mi caso,como va,como va mi reporte,como va mi caso,"
        "como va lo mio,en que va,en que va mi reporte,en que va mi caso,en que quedo mi reporte,"
        "que paso con mi reporte,que paso con mi caso,status de mi reporte,status pls",
        "human": "agente,un agente,una agente,agente humano,ajente,persona,una persona,persona real,"
        "una persona real,persona de verdad,humano,un humano,ser humano,un ser humano,operador,operadora,"
        "un operador,una operadora,la operadora,representante,un representante,una representante,asesor,"
        "asesora,un asesor,alguien real,gente real,supervisor,supervisora,un supervisor,"
        "servicio al cliente,quiero un agente,quiero una persona,quiero un humano,necesito un agente,"
        "necesito una persona,prefiero una persona,no quiero un robot,no quiero hablar con un robot",
        "not_fixed": "sigue igual,sigue lo mismo,todo sigue igual,siguen igual,sigue ahi,siguen ahi,ahi sigue,"
        "ahi siguen,aqui sigue,aun sigue,aun sigue ahi,todavia sigue,todavia sigue ahi,todavia sigue igual,"
        "no sigue igual,no sigue ahi,no todavia sigue,no ahi sigue,pues sigue igual,todavia esta,"
        "todavia esta ahi,todavia esta igual,aun esta,aun esta ahi,ahi esta todavia,sigue el problema,"
        "el problema sigue,sigue sin arreglar,sigue sin arreglarse,sin arreglar,sigue roto,sigue rota,"
        "sigue mal,no lo arreglaron,no la arreglaron,no los arreglaron,no arreglaron nada,no arreglaron,"
        "no lo han arreglado,no la han arreglado,no han arreglado nada,todavia no lo arreglan,"
        "todavia no lo han arreglado,aun no lo arreglan,nunca lo arreglaron,no esta arreglado,"
        "no esta arreglada,no esta resuelto,todavia no esta arreglado,aun no esta arreglado,no quedo,"
        "no quedo bien,quedo mal,quedo igual,quedo peor,no lo resolvieron,no se resolvio,no resuelto,"
        "no han venido a arreglarlo,no lo repararon,no la repararon,estamos igual,seguimos igual",
        "follow": "seguir,seguir caso,seguir reporte,seguir el caso,avisame,aviseme,avisenme,avisarme,"
        "mantenme informado,mantenme informada,mantengame informado,mantengame informada,suscribirme",
        "greet": "hola,ola,holaa,hola hola,holi,buenas,buenos dias,buen dia,buenas tardes,buenas noches,"
        "muy buenas,muy buenos dias,hola buenas,hola buenos dias,hola buenas tardes,hola buenas noches,"
        "hola que tal,que tal,saludos,hola?",
        "thanks": "gracias,muchas gracias,mil gracias,muchisimas gracias,ok gracias,okay gracias,bueno gracias,"
        "listo gracias,perfecto gracias,vale gracias,gracias muy amable,muy amable,muy amable gracias,grax,"
        "muchas gracias por todo,gracias por todo,gracias por su ayuda,gracias por la ayuda,se lo agradezco,"
        "se le agradece,te lo agradezco,le agradezco,grasias,mil grasias,🙏",
        "change_language": "español,en español,espanol,castellano,ingles,en ingles,español porfavor,"
        "hablo español,habla español,hablas español,hablan español,solo hablo español,no hablo ingles,"
        "no entiendo ingles,prefiero español,mejor en español,mejor en ingles,cambiar idioma,"
        "cambiar a español,cambiar a ingles",
    }
)

# How words are texted; looked at in commands alone.
SPELLINGS = {
    texted: word
    for word, listed in {
        "que": "q k ke", "ahi": "ai hai ay hay", "por": "x", "para": "pa", "de": "d", "vez": "ves",
        "ok": "oky okas", "esta": "ta sta", "estoy": "toy", "sigue": "sige", "todavia": "todabia toavia tdv",
        "quiero": "kiero qiero",
        "olvidalo": "olbidalo", "olvidelo": "olbidelo", "empezar": "empesar enpezar", "comenzar": "comensar",
        "de nuevo": "denuevo dnuevo", "nuevo": "nuebo", "arreglaron": "areglaron", "exacto": "exato esacto",
        "verdad": "vdd",
        "direccion": "direcion", "hablar": "ablar", "humano": "umano", "necesito": "nesesito nececito ocupo",
    }.items()
    for texted in listed.split()
}  # fmt: skip

RANKS = ("primer", "segund", "tercer", "cuart", "quint", "sext", "septim", "octav", "noven", "decim")
CARDINALS = ("uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez")
ENDS = ("r", "d", "r", "t", "t", "t", "m", "v", "n", "m")  # 1ra, 2do, 3er, 4ta
NUMBERS: dict[str, int] = (
    {word: n for n, word in enumerate(CARDINALS, 1)}
    | {rank + end: n for n, rank in enumerate(RANKS, 1) for end in "oa"}
    | {f"{n}{end}{sex}": n for n, ends in enumerate(ENDS, 1) for end in (ends, "") for sex in ("a", "o", "")}
    | {"primer": 1, "tercer": 3, "una": 1, "1era": 1, "1ero": 1, "1er": 1, "3era": 3, "3ero": 3, "3er": 3}
    | {"1º": 1, "1ª": 1, "2º": 2, "2ª": 2, "3º": 3, "3ª": 3, "setima": 7, "setimo": 7}
)  # fmt: skip

_PLEASE = r"(?:por\ ?favor|porfa(?:s|vor|vorcito)?|porfis|xfa(?:s|vor)?|x\ favor|plis|pls|please)"
_COURTESY = rf"(?:{_PLEASE}|gracias|grax)"
_PERSON = (
    r"(?:alguien|(?:(?:un|una|el|la|algun|alguna|su|tu)\s+)?"
    r"(?:agente|ajente|persona|humano|ser\ humano|operadora?|representante|asesora?|supervisora?|empleado|"
    r"gente))"
)

_PLACE = (
    r"(?:direccion|ubicacion|lugar|sitio|calle|esquina|cuadra|pin|punto|puntito|mapa|interseccion|domicilio|"
    r"numero(?:\ de\ (?:la\ )?casa)?)"
)
_SERVICE = r"(?:tipo|categoria|problema|asunto|servicio|departamento|reporte|solicitud|queja|cosa)"
_PHOTO = r"(?:fotos?|fotografias?|imagen|imagenes|pics?|picture)"
_NAMES: dict[Wrong, str] = {"place": _PLACE, "service": _SERVICE, "photo": _PHOTO}
_SAID = r"(?:equivocad[oa]s?|incorrect[oa]s?|errone[oa]s?|errad[oa]s?)"
_ALONE: dict[Wrong, str] = {
    **_NAMES,
    "service": r"(?:tipo|categoria|departamento|servicio)",
}  # the whole message
# What stands in our read-back alone: "la direccion esta mal" corrects it, "la calle esta mal" is a report.
_OURS: dict[Wrong, str] = {
    "place": r"(?:direccion|ubicacion|pin|punto|puntito|mapa|domicilio)",
    "service": r"(?:tipo|categoria)",
    "photo": r"(?:foto|fotografia|imagen)",
}

_AFTER_SI = (
    r"es(?!\s+(?:opcional|posible|necesari|obligatori|que\b|aqui\b))|esta|estan|estoy|est[eo]s?|es[eoa]s?|soy|era|"
    r"fue|por|porfa\w*|x?fa|claro|gracias|muchas|mand\w+|envi\w+|report\w+|registr\w+|hag[aá]\w*|quiero|quisiera|"
    r"deseo|acepto|autorizo|confirmo|confirm\w+|correct[oa]|exacto|cierto|asi|ahi|alli|alla|aqui|aca|"
    r"sigue|siguen|todavia|aun|senora?|jefe|joven|mijo|tod[oa]s?|dale|ok|va|yes|please|pls|"
    r"enfrente|frente|cerca|entre|esquina|en|adelante|use|usela|tengo|muy\s+(?:bien|amable)|pero|si|ambas|"
    r"l[oa]s\s+dos|send|it'?s|that'?s|vale"
)
_SI_ALONE = (
    r"(?:puede[sn]?|puedo|se\s+puede|hay|pues|ya|jalo|urge|parece|continua|mira|apurense|ahorita|bro)\W*$"
)
_NOT_A_QUESTION = r"(?!.*\?\s*$)"

SPANISH = CommandWords(
    phrases=PHRASES,
    commands={
        "never_mind": pattern(
            r"""(?:no|ya\ no|mejor\ no|ya|olvidelo|olvidalo|dejelo)[\s,.]+(?:(?:muchas\ )?gracias[\s,.]+)?
            ya\ (?:se\ )?(?:l[oa]s?\ )?(?:recogi\w+|arregl\w+|quit\w+|movi\w+|compusi\w+|
            limpi\w+|fue\w*|llev\w+)"""
        ),
        "deny": pattern(
            r"""(?:(?:no|nop|perdon|disculpe|pues|la\ verdad)[\s,.]+)?(?:(?:eso|esa|ese|esto|todo|asi)\s+)?no\s+
            (?:es|esta|era|fue)\s+(?:del\ todo\s+|nada\s+|tan\s+)?
            (?:correct[oa]|ciert[oa]|verdad|bien|asi|es[eoa]|esta|exacto|mi[oa]|lo\ mismo|
            lo\ que\ (?:dije|puse|quise\ decir|queria|quiero|pedi|paso))"""
        ),
        "unmute": pattern(
            r"""(?:activar|activa|activen|reactivar|reactiva|prender)\s+(?:otra\ vez\s+|de\ nuevo\s+)?
            (?:los\ |mis\ )?(?:avisos?|mensajes|notificaciones|[a-z]{1,4}-\d+)(?:\s+.{1,80})?"""
        ),
        "mute": pattern(
            r"""(?:silenciar|silencia|silencie|silencien|callar)(?:\s+.{1,80})?
            | (?:ya\ )?no\s+(?:quiero\ )?mas\s+(?:avisos|mensajes|notificaciones|noticias)(?:\s+.{1,80})?
            | (?:ya\ no\ me|no\ me|deja\ de|dejen\ de|deje\ de)\s+
              (?:avis(?:e|en|es|ar|arme)|escrib(?:a|an|as|ir|irme)|mand(?:e|en|es|ar|arme)(?:\ mas)?\ mensajes)
              (?:\s+(?:de|del|sobre|mas|por)\b.{0,80})?"""
        ),
        "delete_data": pattern(
            r"""(?:por\ favor\s+|quiero\ que\s+|pueden\s+|puede\s+)?
            (?:borrar|borra|borre|borren|eliminar|elimina|elimine|eliminen|quitar|quiten|suprimir|olvidar|olviden)\s+
            (?:todos?\ |todas?\ )?(?:mis?|los|la)\s+
            (?:datos(?:\ mios|\ personales)?|informacion|mensajes|numero|telefono|cuenta|historial)
            (?:\s+(?:y|o)\s+(?:mis?\s+)?(?:datos|mensajes|numero|fotos))?"""
        ),
        "status": pattern(
            r"""(?:estatus|estado|status|seguimiento)\s+(?:de(?:l)?\s+)?(?:mi\s+|la\s+|el\s+)?
            (?:(?:caso|reporte|queja|solicitud|folio|ticket)\s+)?(?:numero\s+)?\#?(?:[a-z]{1,4}-)?\d+
            | (?:hay\s+|tienen\s+|alguna?s?\s+)+(?:novedad|noticia|avance)(?:s|es)?\s+
              (?:de|del|sobre)\s+.{2,60}"""
        ),
        "human": pattern(
            rf"""(?:(?:quiero|quisiera|necesito|prefiero|puedo|podria|me\ gustaria|deseo|se\ puede|mejor)
            \s+)?
            (?:(?:hablar|platicar|comunicarme|chatear|conversar)\s+con
            |(?:pas[ea]me|comuni(?:que|ca)me|cone(?:cte|cta)me|pong?a?me|transfier[ea]me|deme|dame)(?:\s+(?:con|a))?
            |con)\s+{_PERSON}(?:\s+(?:real|de\ verdad|humano|humana|de\ la\ ciudad))?\??"""
        ),
    },
    spellings=SPELLINGS,
    courtesy=pattern(
        rf"""^(?:(?:hola|oiga|oye|ay|eh|este|bueno|disculpe|perdon)[\s,]+)+(?=\w{{3}})
        |(?:[\s,]+(?:{_PLEASE}|oiga|senora?|joven|jefe|amig[oa]|compa|wey|mano|mijo|pana|nomas))+$"""
    ),
    choice=pattern(
        rf"""(?:(?:es|seria|quiero|escojo|elijo|prefiero|creo\ que(?:\ es)?|dame|deme|pues|mejor|me\ quedo\ con)
        \s+)?
        (?:(?:el|la|lo)\s+)?
        (?:(?:\#|numero|num\.?|nro\.?|no\.?|opcion|opc\.?|alternativa|respuesta|inciso)\s*)?
        (?P<number>\d{{1,2}}|{"|".join(sorted(NUMBERS, key=len, reverse=True))}) \s*
        (?:opcion|de\ la\ lista)? (?:[\s,]+{_COURTESY})?"""
    ),
    numbers=NUMBERS,
    yes=Answer(
        sure=pattern(
            r"""\s*(?:s[ií]p|s[ií]pi|sim[oó]n|s[ií]\ s[ií]|sisi|sí+|correcto|exacto|afirmativo|de\ acuerdo|
            oki|okey|claro\ que\ s[ií])(?:[\s,.!:;-]+|$)"""
        ),
        doubtful=pattern(
            r"""\s*(?:si+|dale|claro|va|sale|vale|listo|perfecto|exactamente|as[ií]\ es|eso\ es(?!\s+todo)|
            est[aá]\ bien|[oó]rale|[aá]ndale|por\ supuesto|bueno\ s[ií])
            (?P<pause>\s*[,.!:;-]+\s*|\s+|(?=[^\w\s?])|$)"""
        ),
        # "si no vienen", "si la basura ...": if
        after=pattern(rf"(?:(?:{_AFTER_SI})\b|{_SI_ALONE}|\d|[^\w\s]+\s*$){_NOT_A_QUESTION}"),
    ),
    no=Answer(
        sure=pattern(r"\s*(?:nop|nel|para\ nada|negativo)(?:[\s,.!:;-]+|$)"),
        doubtful=pattern(r"\s*(?:noo?|incorrecto|est[aá]\ mal)(?P<pause>\s*[,.!:;-]+\s*|\s+)"),
        # "no es en la 5", "no hay luz": before a verb it denies the verb and is no answer
        after=pattern(
            r"""(?:gracias|muchas\ gracias|no|nel|perdon|disculpe|sigue|siguen|todavia|aun|ahi|aqui|es[aeo]s?|
            asi|mejor|mas\ bien|es\ que|quise\ decir|quiero\ decir|pero|porque|yo|senora?|joven|jefe|hombre|
            wey|mijo|espere|espera|que|para\ nada|otr[oa]|calle|avenida|esquina|\d+)\b"""
        ),
    ),
    relents=pattern(
        r"""\b(?:pero|espere|espera|esperate|esperese|no|sin\ embargo|en\ realidad|excepto|menos|mal|aunque|
        incorrect[oa]|equivocad[oa]|de\ nuevo|otra\ vez|desde|borr\w+|cancel\w+|olvid\w+)\b"""
    ),
    nothing_more=pattern(
        rf"""(?:\b(?:{_COURTESY}|muchas|muchisimas|mil|muy\ amable|senora?|joven|jefe|amig[oa]|mij[oa]|wey|mano|
        pana|hombre|es\ (?:correct[oa]|es[aeo]|ahi|asi|ciert[oa]|verdad)|correct[oa]|exacto|claro|dale|
        (?:esa|ese|eso|asi)\ (?:es|esta\ bien|mero|mismo)|esta\ (?:bien|correct[oa])|adelante|
        (?:mand|envi|hag|report)[ae]l[oa]|hazlo|quiero|acepto|confirmo|de\ acuerdo|
        todo\ (?:bien|correcto)|ok|va|pues|si|ya|asi)\b
        |[\W_])*"""
    ),
    negates=pattern(
        r"""\b(?:no|nop|nel|nunca|jamas|nada|tampoco|ni|ningun[oa]?|mal|falso|incorrect[oa]|equivocad[oa]|
        equivoc\w+|mentira)\b"""
    ),
    still=pattern(
        r"""\b(?:sigu?en?\s+(?:ahi|ay|aqui|igual\w*|lo\ mismo|sin|mal|rot[oa]|apagad[oa]s?|tapad[oa]s?|
        tirad[oa]s?|bloquead[oa]|gotea\w*|saliendo|tirando|el\ problema)
        |(?:ahi|aqui|problema)\s+sigu?en?
        |(?:todavia|todabia|toavia|aun)\s+(?:esta|estan|sigue|siguen|hay|no)
        |no\s+(?:lo|la|los|las)?\s*(?:han\s+|an\s+)?(?:arr?eglaron|arr?eglado|arr?eglan|repararon|reparado|resolvieron))\b"""
    ),
    wrong={
        what: pattern(
            rf"""\b{words}\ (?:(?:es|esta|era|fue|estaba|quedo|salio)\ (?:toda\ |muy\ |la\ )?)?{_SAID}\b
            | \b{_OURS[what]}\ (?:esta|estaba|quedo|salio)\ (?:muy\ )?mal\b
            | \b{words}\ no\ (?:es|era|esta|fue)(?:\ (?:la|el))?(?:\W*$|\ (?:correct[oa]|es[ae]|bien)\b)
            | (?<!que\ )\bno\ (?:es|era|fue)\ (?:en\ )?(?:es[ae]\ {words}\b|(?:la|el|mi)\ {_OURS[what]}\b
              |(?:la|el|mi)\ {words}(?:\ correct[oa])?\W*$)
            | \bes[ae]\ no\ es\ (?:la|el|mi)\ {words}\b
            | \b(?:es|era|fue|queda|puso|pusiste)\ (?:en\ )?otr[oa]\ {words}\b
            | \b(?:cambi(?:a|e|ar)|corri(?:ge|ja)|corregir|edit(?:a|e|ar)|modifi(?:ca|que|car))
              \ (?:la|el|mi|es[ae]|las)\ {words}\b
            | \b(?:puse|mande|envie|escribi|di|puso|pusiste|tiene|escribio)\ mal\ (?:la|el|las)\ {words}\b
            | \b(?:se|me|te)\ equivo(?:co|que|caste)\ (?:de|en|con)\ (?:la\ |el\ )?{words}\b
            | ^\W*(?:no\W+)?(?:cambiar\ |corregir\ |editar\ )?(?:la\ |el\ |mi\ )?{_ALONE[what]}\W*$"""
        )
        for what, words in _NAMES.items()
    },
    meant=pattern(
        r"""\b(?:quise|queria)\ decir\b | \bm(?:as\ bien|ejor\ dicho)\b | ^\W*digo\b
        | \bme\ ref(?:iero|eria)\ a\b
        | \bno\ (?:es|era|son|eran)\b[^,;.]*(?:[,;.]\s*(?:es|era|son|eran)|\bsino)\b
        | ^\W*(?:perdon|disculpe|disculpa|correccion|me\ equivoque)\W+(?:es|era|fue|en)\b"""
    ),
    wrong_place=pattern(
        r"""\b(?:no\ (?:es|era|fue|queda)(?:\ por)?\ (?:ahi|ay|alli|aqui|aca|alla)\b(?!\ donde)
        |(?:ahi|alli|aqui)\ no\ (?:es|queda|fue)
        |(?:es|queda|fue)\ en\ otr[oa]\ (?:lado|lugar|parte))\b"""
    ),
    not_at=pattern(
        r"""\bno\s+(?=\w)(?:(?:es|era|fue|queda)\s+)?(?:(?:en|por|sobre|de)\s+)?(?:(?:la|el)\s+)?
        (?<!no\s)"""
    ),
    not_a=pattern(
        r"""(?:^|[\s,;.])(?<!\bya\s)no\s+(?:(?:es|era|fue|son|eran)\s+|(?=una?\s))
        (?:(?P<article>un|una|unos|unas)\s+|el\s+|la\s+|los\s+|las\s+)?
        (?P<what>[^\W\d_]+(?:[\ -][^\W\d_]+){0,3}?)\s*(?=$|[,.;!?]|\b(?:pero|es|son|sino|mas\ bien)\b)"""
    ),
    not_a_thing=words_of(
        "emergencia unico unica gran problema pregunta broma chiste robot bot juego mio mia mi justo justa "
        "verdad cierto cierta correcto correcta asi ahi ay aqui alli alla eso esa ese esta este lo que igual "
        "mismo misma nada todo hoy ayer urgente peligroso posible necesario bueno grande persona"
    ),
    place_filler=words_of(
        "a al en la el los las lo de del por con y e o entre es esta estoy estan queda fue era sobre cerca "
        "frente enfrente atras detras adelante delante lado junto afuera fuera dentro adentro abajo arriba "
        "esquina calle avenida interseccion cuadra altura direccion ubicacion lugar mi aqui aca ahi alla "
        "alli mero mismo este oeste norte sur hola porfa porfavor favor gracias si no ok perdon digo quise "
        "decir mas o menos casi pues bueno oiga ya eso ese esa pasa paso pasando hacia rumbo donde"
    ),
)
