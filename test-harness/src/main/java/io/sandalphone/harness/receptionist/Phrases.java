package io.sandalphone.harness.receptionist;

/// What the receptionist says in one language.
enum Phrases {
    ENGLISH(
            "Harbour Dental, good morning. How can I help you?",
            "We are open Monday to Friday from 9 a.m. to 5:30 p.m.",
            "We are at 12 Harbour Street, next to the post office.",
            "Of course. What is your message?",
            "Thank you, I will pass it on. Is there anything else?",
            "One moment, I will put you through.",
            "I am sorry, nobody can take the call right now. Would you like to leave a message?",
            "You are welcome. Is there anything else?",
            "Goodbye, and have a nice day.",
            "I can only help with our opening hours, our address, messages and calls to the team.",
            "I am sorry, I did not understand. I can tell you our hours and our address, take a"
                    + " message, or put you through to a person.",
            "Hello. How can I help you?"),
    SPANISH(
            "Clínica Dental del Puerto, buenos días. ¿En qué puedo ayudarle?",
            "Abrimos de lunes a viernes, de 9 a 17:30 horas.",
            "Estamos en la calle del Puerto 12, junto a correos.",
            "Por supuesto. ¿Cuál es su mensaje?",
            "Gracias, se lo haré llegar. ¿Desea algo más?",
            "Un momento, le paso con una persona.",
            "Lo siento, ahora nadie puede atenderle. ¿Quiere dejar un mensaje?",
            "De nada. ¿Desea algo más?",
            "Adiós, que tenga un buen día.",
            "Solo puedo ayudarle con el horario, la dirección, los mensajes y las llamadas al"
                    + " equipo.",
            "Lo siento, no le he entendido. Puedo decirle el horario y la dirección, tomar un"
                    + " mensaje o pasarle con una persona.",
            "Hola. ¿En qué puedo ayudarle?");

    final String greeting;
    final String hours;
    final String address;
    final String askForMessage;
    final String messageTaken;
    final String transfer;
    final String nobody;
    final String welcome;
    final String goodbye;
    final String ownRules;
    final String notUnderstood;
    final String hello;

    Phrases(
            String greeting,
            String hours,
            String address,
            String askForMessage,
            String messageTaken,
            String transfer,
            String nobody,
            String welcome,
            String goodbye,
            String ownRules,
            String notUnderstood,
            String hello) {
        this.greeting = greeting;
        this.hours = hours;
        this.address = address;
        this.askForMessage = askForMessage;
        this.messageTaken = messageTaken;
        this.transfer = transfer;
        this.nobody = nobody;
        this.welcome = welcome;
        this.goodbye = goodbye;
        this.ownRules = ownRules;
        this.notUnderstood = notUnderstood;
        this.hello = hello;
    }
}
