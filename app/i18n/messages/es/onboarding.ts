export default {
  steps: {
    label: "Pasos antes de las primeras imágenes",
    done: "(hecho)",
    consent: "Consentimiento",
    about_you: "Sobre ti",
    instructions: "Cómo funciona",
    practice: "Práctica",
    prompt: "Tu descripción",
  },
  join: {
    intro: "Describes una imagen y eliges entre varias, ronda tras ronda.",
    time: "Tiempo",
    minutes: "Unos {minutes} min",
    pay: "Pago",
    asAgreed: "Según lo acordado con tu panel",
    perHour: "{money} por hora",
    otherAccount:
      "Has iniciado sesión como {name}. Si sigues, se cierra esa sesión y participas con tu identificador de participante.",
    cookie:
      "Una cookie mantiene tu sesión en este dispositivo. Tu identificador de participante se guarda aparte de tus respuestas.",
    from: "A partir del <time></time>.",
    seeTasks: "Ver tus tareas",
    closePage: "Puedes cerrar esta página.",
    refused: {
      other: "Ahora no puedes participar",
      BAD_LINK: "Este enlace no está completo",
      UNPROVEN: "Este identificador de participante ya está en uso",
      OPENS_LATER: "Este estudio aún no está abierto",
      STUDY_FULL: "Este estudio está completo",
      LINK_FULL: "Este estudio está completo",
      STUDY_CLOSED: "Este estudio ha terminado",
      CLOSED_SINCE: "Este estudio ha terminado",
      LINK_CLOSED: "Este enlace está cerrado",
      POOL_NOT_ELIGIBLE: "Este estudio no es para tu grupo",
      CAP_REACHED: "Has hecho todas tus tareas",
      PAUSE: "Hora de descansar",
    },
  },
  consent: {
    title: "¿Quieres participar?",
    whatYouAgreeTo: "Lo que aceptas",
    needed: "Necesario para participar",
    optional: "Opcional: tu elección no cambia nada para ti",
    decline: "No acepto",
    agree: "Acepto, continuar",
    later:
      "En tu página «Tus datos» encuentras lo que aceptaste y la manera de retirarlo. Versión del texto: {version}.",
    scopes: {
      research_internal:
        "Quienes dirigen este estudio pueden usar mis elecciones, valoraciones y textos para su investigación, con un seudónimo.",
      research_shared:
        "Pueden dar estos datos a otros equipos de investigación, sin nada que revele mi nombre.",
      public_release: "Pueden publicar estos datos para todo el mundo, sin nada que revele mi nombre.",
      free_text:
        "Lo que yo escriba (descripciones, comentarios, motivos) puede formar parte de lo que se comparta o publique.",
      images: "Las imágenes que se hicieron para mí pueden formar parte de lo que se comparta o publique.",
      demographics:
        "Mis respuestas sobre mí, si doy alguna, pueden formar parte de lo que se comparta o publique.",
    },
  },
  aboutYou: {
    title: "Sobre ti",
    intro:
      "Estas respuestas ayudan a saber de quién son los gustos que describen los datos. Todas las preguntas son opcionales, ninguna respuesta cambia tu pago y puedes cambiarlas más tarde en «Tus datos».",
    blank: "Deja en blanco lo que no quieras responder.",
    preferNot: "Prefiero no decirlo",
    questions: {
      age_band: {
        title: "¿Cuántos años tienes?",
        options: {
          "18_24": "18–24",
          "25_34": "25–34",
          "35_44": "35–44",
          "45_54": "45–54",
          "55_64": "55–64",
          "65_plus": "65 o más",
        },
      },
      gender: {
        title: "¿Qué te describe mejor?",
        options: {
          woman: "Mujer",
          man: "Hombre",
          non_binary: "No binario",
          other: "Otra descripción",
        },
      },
      region: {
        title: "¿Dónde has vivido la mayor parte de tu vida?",
        options: {
          africa: "África",
          asia_east: "Este o Sudeste de Asia",
          asia_south: "Sur o centro de Asia",
          europe: "Europa",
          latin_america: "América Latina o el Caribe",
          middle_east: "Oriente Medio o norte de África",
          north_america: "América del Norte",
          oceania: "Oceanía",
        },
      },
      first_language: {
        title: "¿Es el inglés tu lengua materna?",
        options: {
          english: "Sí",
          english_and_other: "Sí, junto con otra",
          other_fluent: "No, pero lo hablo con fluidez",
          other: "No",
        },
      },
      art_experience: {
        title: "¿Qué relación tienes con el arte, el diseño o la fotografía?",
        options: {
          none: "Ninguna en especial",
          hobby: "Es una afición",
          trained: "Lo estudié",
          professional: "Es o fue mi trabajo",
        },
      },
      image_generator_use: {
        title: "¿Con qué frecuencia usas programas que crean imágenes a partir de texto?",
        options: {
          never: "Nunca hasta ahora",
          tried: "He probado alguno",
          monthly: "Algunas veces al mes",
          weekly: "Cada semana o más",
        },
      },
      colour_vision: {
        title: "¿Te cuesta distinguir algunos colores?",
        options: {
          no: "No",
          yes: "Sí",
          unsure: "No lo sé con seguridad",
        },
      },
    },
  },
  left: {
    title: "No vas a participar",
    text: "No aceptaste el texto de consentimiento de {study}. No pasa nada: tu plaza queda libre para otra persona y no se guarda ninguna respuesta tuya.",
    goBack:
      "Puedes cerrar esta página, o volver al sitio del que vienes, que así sabrá que no has participado.",
    close: "Puedes cerrar esta página. Si cambias de opinión, empieza de nuevo.",
    back: "Volver a tu trabajo",
  },
  yourData: {
    title: "Tus datos",
    intro: "Lo que aceptaste, lo que dijiste sobre ti y cómo puedes volver.",
    studies: "Estudios y consentimiento",
    noStudies: "Todavía no participas en ningún estudio.",
    aboutYou: "Sobre ti",
    save: "Guardar estas respuestas",
    signingIn: "Inicio de sesión",
    withPassword: "Inicias sesión con <b>{email}</b> y tu contraseña.",
    byLink:
      "Llegaste por un enlace de participación, con el identificador <b>{id}</b>. Para volver, abre allí el estudio otra vez. El identificador se guarda aparte de tus respuestas.",
    byProlific:
      "Llegaste por un enlace de participación de Prolific, con el identificador <b>{id}</b>. Para volver, abre allí el estudio otra vez. El identificador se guarda aparte de tus respuestas.",
    linkIntro:
      "Para seguir en otro navegador o en otro dispositivo, crea un enlace personal. Funciona una sola vez, durante 24 horas; no se lo des a nadie.",
    copyLink: "Copiar el enlace",
    worksUntil: "Funciona hasta: <time></time>",
    makeLink: "Crear un enlace personal",
    memberSince: "Participas desde el <time></time>",
    notAsked: "Este estudio no te ha pedido consentimiento.",
    agreed: "Aceptaste la versión {version} el <time></time>:",
    agreedAndWithdrew: "Aceptaste la versión {version} el <time></time> y la retiraste el <until></until>:",
    withdraw: "Retirarme",
    withdrawFrom: "Retirarme de {study}",
    withdrawAsk: "¿Retirarte de «{study}»?",
    withdrawButton: "Retirarme de este estudio",
    effects: {
      ends: "Si tienes una tarea en curso, termina, y no recibirás más de este estudio.",
      leftOut: "Tu trabajo queda fuera de todo lo que se exporte a partir de ahora.",
      earned: "Lo que has ganado sigue siendo tuyo.",
      final: "Los conjuntos de datos que ya se hicieron no se pueden recuperar. Esto no se puede deshacer.",
    },
  },
} as const;
