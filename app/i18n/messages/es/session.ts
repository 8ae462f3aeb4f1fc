export default {
  instructions: {
    title: "Cómo funciona",
    adultTitle: "Las imágenes pueden mostrar contenido para adultos o perturbador",
    adult:
      "Las imágenes las crea una máquina y pueden resultar sexuales, violentas o perturbadoras. Puedes ocultar o notificar cualquier imagen, y devolver la tarea en cualquier momento sin penalización.",
    describe: {
      title: "Describe lo que quieres ver, con {max, plural, one {# palabra} other {# palabras}} como máximo",
      text: "Una cosa concreta que de verdad te gustaría ver. La irás afinando después, así que no todo tiene que caber.",
      good: "Descriptivo",
      bad: "Demasiado genérico",
      badExample: "un templo",
    },
    choose: {
      title: "En cada una de las {turns, number} rondas, elige la columna con la mejor imagen",
      text: "Ves {images, number} imágenes en {columns, number} columnas. Busca la imagen que más te guste: buena en sí misma y cercana a lo que pediste. Su columna es tu elección. Si <b>2A</b> es la mejor de las {images, number}, elige la columna <b>2</b>, aunque el resto de esa columna sea peor.",
    },
    change: {
      title: "Di qué cambiarías, si quieres",
      text: "Un comentario de {max, plural, one {# palabra} other {# palabras}} como máximo sobre estilo, composición, color o contenido, como «Más color». Orienta la ronda siguiente. No cambies tu idea original: quien pidió un templo no debería pedir un coche.",
    },
    rate: {
      title: "Después, valora cada ronda",
      text: "Tras la última ronda pulsas «Pasar a valorar» y respondes las mismas preguntas sobre cada ronda:",
      q1: "¿Qué columna prefieres?",
      q2: "¿Qué satisfacción te da cada columna, según su mejor imagen?",
      q3: "¿Por qué elegiste tu columna?",
      q4: "¿Esta ronda es mejor, más o menos igual o peor que la anterior?",
      q5: "¿Qué satisfacción te dan todas las imágenes de la ronda?",
      noRight:
        "No hay respuestas correctas. A veces un comentario no se sigue; no juzgues las imágenes por eso.",
    },
    saved: "Todo se guarda sobre la marcha. Puedes parar en cualquier momento y volver.",
    begin: "Entendido, empezar",
    back: "Volver a donde estabas",
    exampleAlt:
      "Dieciséis imágenes pequeñas en cuatro columnas. Solo la imagen 2A muestra un gato blanco dormido en un sofá rojo, así que se elige la columna 2, aunque el resto muestre otras cosas.",
    exampleCaption: "Para «{prompt}», 2A es la mejor imagen, así que la respuesta es la columna 2.",
  },
  examples: {
    temple: "Un antiguo templo egipcio con jeroglíficos",
    cat: "Un gato blanco dormido en un sofá rojo",
    lighthouse: "Un faro en una tormenta por la noche",
  },
  quoted: "«{text}»",
  prompt: {
    givenTitle: "Esto es lo que vas a buscar",
    givenIntro:
      "Imagina cómo debería ser una imagen así para que te guste. Te acercas a ella en {turns, plural, one {# ronda} other {# rondas}}.",
    title: "¿Qué te gustaría ver?",
    intro:
      "Describe una cosa concreta con {max, plural, one {# palabra} other {# palabras}} como máximo. La afinarás en {turns, plural, one {# ronda} other {# rondas}}, así que no todo tiene que caber.",
    label: "Tu descripción",
    theme: "Tu tema",
    themeHint: "Describe algo propio sobre este tema.",
    submit: "Mostrar imágenes",
    again: "Leer otra vez las instrucciones",
    general:
      "Es bastante general. Unos detalles, como un lugar, un ambiente o un color, te dan más entre lo que elegir. También puedes enviarlo tal cual.",
    descriptive: "Descriptivo, no genérico",
  },
  problems: {
    empty: "Escribe lo que te gustaría ver.",
    tooManyWords:
      "Usa {max, plural, one {# palabra} other {# palabras}} como máximo (ahora {count, number}).",
    tooLong: "Usa {max, number} caracteres como máximo.",
    chooseColumn: "Elige una columna.",
    needed: "Esto es necesario para participar.",
  },
  done: {
    title: "Gracias, has terminado",
    received: "Todas tus elecciones y valoraciones de «{prompt}» se recibieron el <time></time>.",
    code: "Tu código de finalización",
    copy: "Copiar el código",
    handIn: "Vuelve con el botón de abajo, que entrega el código, o escríbelo allí.",
    keep: "Guárdalo si te pidieron un código donde encontraste este estudio.",
    back: "Volver a tu trabajo",
    returnTo: "Volver a {host}",
  },
  lease: {
    label: "Hasta cuándo se guarda tu plaza",
    keptUntil: "Plaza guardada hasta",
    text: "Tu plaza se guarda hasta <time></time>; cualquier cosa que hagas la renueva. Tu trabajo se guarda en todo caso.",
    soon: "Tu plaza se guarda solo hasta <time></time>. Cualquier cosa que hagas la renueva.",
  },
  save: {
    saving: "Guardando…",
    saved: "Guardado",
    retrying: "Guardado en este dispositivo; se enviará en cuanto Turnwise responda",
    signed_out: "Guardado en este dispositivo; tu sesión está cerrada.",
    moved: "No se ha guardado: seguiste en otro sitio.",
    refused: "No se ha guardado",
    conflict: "Cambiado en dos sitios",
  },
  conflict: {
    title: "Cambiaste esto en dos sitios",
    here: "En esta página:",
    there: "Guardado desde otro sitio:",
    empty: "(vacío)",
    keepMine: "Quedarme con lo de esta página",
    useTheirs: "Usar lo guardado",
  },
  signInAgain: {
    title: "Iniciar sesión de nuevo",
    newTab: "(se abre en otra pestaña)",
    still: "Todo lo de esta página sigue aquí y se guarda en cuanto inicies sesión.",
    recruited:
      "Todo lo de esta página sigue aquí. Abre otra vez el estudio donde lo encontraste, en otra pestaña de este navegador, pulsa allí «Continuar» y vuelve a esta pestaña.",
    done: "Ya he iniciado sesión",
    tooMany: "Demasiados intentos. Espera un minuto e inténtalo de nuevo.",
    wrong: "La dirección de correo o la contraseña no es correcta.",
    notNow: "Turnwise no ha podido iniciar tu sesión ahora mismo. Inténtalo de nuevo en un momento.",
    noAnswer: "Turnwise no ha respondido. Comprueba tu conexión e inténtalo de nuevo.",
  },
  elsewhere: {
    title: "Esta tarea está abierta en otro sitio",
    text: "Estás trabajando en ella en otra pestaña o en otro dispositivo. Solo una puede estar activa, para que tus respuestas nunca se pisen.",
    leave: "Dejarla allí",
    goOn: "Seguir aquí",
  },
  refusals: {
    UNREACHABLE:
      "Turnwise no ha respondido. Lo que escribiste sigue aquí: comprueba tu conexión y vuelve a enviarlo.",
    SIGN_IN_NEEDED:
      "No se ha enviado: tu sesión está cerrada. Lo que escribiste sigue aquí. Inicia sesión y vuelve a enviarlo.",
    STORAGE_UNAVAILABLE:
      "El servidor no puede guardar ahora mismo. No se pierde nada de lo que escribiste en esta página: inténtalo de nuevo en un momento.",
    TURN_ALREADY_CHOSEN: "Ya elegiste una columna en esta ronda; esa elección se mantiene.",
    TURN_NOT_READY: "Las imágenes de esta ronda aún no están listas.",
    WRONG_PHASE: "Este paso ya lo has hecho. Sigue donde lo dejaste.",
    ASSIGNMENT_NOT_LIVE: "Esta tarea ha terminado; ya no se puede cambiar nada en ella.",
    ASSIGNMENT_PAUSED:
      "La coordinación ha puesto esta tarea en pausa. Tu trabajo se guarda y no pierdes tiempo.",
    WRITER_MOVED:
      "Seguiste con esta tarea en otra pestaña o en otro dispositivo. Aquí no se ha cambiado nada.",
    SUBMISSION_ID_REUSED: "El formulario está anticuado. Vuelve a cargar la página e inténtalo de nuevo.",
    TOO_MANY_REQUESTS: "Demasiadas respuestas a la vez. Inténtalo de nuevo en un momento.",
    STUDY_NOT_OPEN: "Este estudio no admite tareas nuevas en este momento. Vuelve a mirar más tarde.",
    STUDY_FULL: "Todas las plazas de este estudio están ocupadas.",
    OFFER_NOT_TAKEN: "Esta oferta ya no está abierta.",
    ASSIGNMENT_ALREADY_LIVE: "Ya tienes una tarea de este estudio en curso. Termínala primero.",
    INVITATION_INVALID: "Este enlace ya no funciona: se usó, se sustituyó o se retiró.",
  },
} as const;
