package io.sandalphone.speech.text.lexicon;

/// Spanish, of Mexico and of Spain.
final class Spanish {
    private Spanish() {}

    static Lexicon words() {
        return new Lexicon.Builder("es")
                .words(Role.AND, "y")
                .words(Role.DECIMAL_POINT, "punto coma")
                .words(Role.SCALE, "mil millones")
                .words(Role.MAYBE_ARTICLE, "un una uno")
                .words(Role.SINGLE, "un una")
                .words(Role.NOT_SPELLED, "un una")
                .words(Role.NUMERAL_ONE, "una uno")
                .words(Role.NEVER_SURE, "y a de un")
                .words(Role.THANKED, "gracias disculpas perdones")
                .words(Role.MINUS, "menos negativo")
                .words(Role.BEFORE_LESS, "o ni y")
                .words(Role.PAIR, "par ambos ambas")
                .words(Role.NONE, "ninguna ningún ninguno")
                .words(Role.DOUBLE, "doble")
                .words(Role.TRIPLE, "triple")
                .words(Role.SPELLING_SEPARATOR, "guion guión este")
                .words(
                        Role.NUMBERED,
                        "factura folio expediente número parte pieza guía pedido recibo")
                .words(
                        Role.LABEL,
                        """
                        piso capítulo capítulos fase parte sección artículo fracción calle número lugar
                        siglo día grado cuarto habitación puerta línea paso inciso ruta vuelo sala salón
                        consultorio cama torre salida nivel etapa aniversario llamada tercero
                        """)
                .words(Role.AFTER_LABEL, "número la el del")
                .words(Role.HALF_NOUN, "mitad mitades")
                .words(Role.QUARTERS, "cuartos")
                .words(Role.PART_ARTICLE, "un una")
                .words(Role.BEFORE_NO_HALF, "en otro por el la una un los clase")
                .words(Role.NOT_HALVED, "de en para y que ambiente")
                .words(Role.ORDINAL_SUFFIX, "er ro ra do da to ta mo ma vo va no na")
                .words(Role.SURE_ORDINAL, "primera primer segunda segundo")
                .words(
                        Role.RANKED,
                        """
                        lugar piso grado año semestre mes hijo hija vez trimestre día intento puerta
                        """)
                .words(Role.SQUARE, "cuadrados cuadrado")
                .words(Role.TEMPERATURE_SCALE, "centígrados")
                .words(Role.POUNDS, "libras")
                .words(Role.BEFORE_CENTS, "con y")
                .words(Role.NOON, "mediodía")
                .words(Role.MIDNIGHT, "medianoche")
                .words(Role.HOUR_ARTICLE, "las la")
                .words(Role.CLOCK, "para menos")
                .words(Role.DATE_JOINT, "de del")
                .words(Role.LETTER_WORD, "a e o u y")
                .words(Role.FIRST_WORKING_DAY, "lunes")
                .words(Role.LAST_WORKING_DAY, "viernes")
                .words(Role.BEFORE_ORDINAL_DAY, "el día lunes")
                .words(Role.AFTER_ORDINAL_DAY, "de del o y a no está")
                .words(Role.BEFORE_DAY, "el día del al o")
                .words(Role.LAST, "último")
                .words(Role.DAY, "día")
                .words(Role.BEFORE_SHORT_YEAR, "del el")
                .words(Role.BEFORE_YEAR, "en desde de del año")
                .words(Role.RANGE, "a al y o hasta e u")
                .words(Role.RANGE_HOUR_ARTICLE, "las la")
                .words(Role.RANGE_DAY_ARTICLE, "el")
                .words(Role.BEFORE_WHOLE, "de cada")
                .words(Role.BEFORE_REPETITION, "a las la el")
                .words(
                        Role.TELLING,
                        """
                        yo tú usted ustedes él ella nosotros ellos ellas mi mis tu tus su sus nuestro
                        nuestra que qué quién cómo cuándo dónde cuánto cuál porque pero aunque si sí
                        es está están estoy estamos soy somos era fue ser estar tengo tiene tienen
                        tenemos hay había quiero quiere necesito puede puedo podemos voy va vamos
                        hacer hace con para por sobre hasta desde cuando donde como más muy también
                        ya aquí ahí allí esto eso este esta ese esa algo nada todo todos gracias
                        favor le les lo nos se te una uno al sé creo ahora hoy mañana bien perdón
                        verdad pesos buenas ñ
                        """)
                .words(Role.TELLING_IN_NAMES, "de del la las los el y en")
                .words(Role.TURNING, "no nunca jamas nadie nada ninguno ninguna ni sin si tampoco")
                .words(Role.LEANING, "yo el la los las un una de en que con quiero necesito")
                .words(Role.NO_NAME, "igual como así que con en no el la de a")
                .words(Role.READ_APART, "las la día")
                .table(
                        Table.UNITS,
                        """
                        second: segundos
                        minute: minuto minutos min
                        hour: hora horas hr hrs
                        day: día días
                        week: semana semanas
                        month: mes meses
                        year: año años añito
                        mg: mg miligramo miligramos
                        g: g gramo gramos
                        kg: kg kilo kilos kilogramo kilogramos
                        lb: libra libras
                        km: km kilómetro kilómetros
                        mile: milla millas
                        m: m metro metros
                        cm: cm centímetro centímetros
                        mm: mm milímetro milímetros
                        inch: pulgada pulgadas
                        foot: pie pies
                        ml: ml mililitro mililitros
                        l: litro litros
                        gallon: galón galones
                        °: ° grado grados
                        """)
                .table(
                        Table.CURRENCIES,
                        """
                        USD: dólar dólares dolar dolares
                        MXN: peso pesos varo varos
                        EUR: euro euros
                        GBP: esterlinas
                        cent: centavo centavos céntimo céntimos
                        """)
                .numbered(
                        Table.MONTHS,
                        """
                        enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre
                        diciembre
                        """)
                .numbered(Table.WEEKDAYS, "lunes martes miércoles jueves viernes sábado domingo")
                .table(
                        Table.MULTIPLIERS,
                        """
                        3: mil k
                        6: millón millon millones
                        12: billón billones
                        """)
                .table(
                        Table.MORE_CARDINALS,
                        """
                        16: dieciseis
                        21: veintiun
                        22: veintidos
                        23: veintitres
                        26: veintiseis
                        100: ciento centenar
                        """)
                .table(
                        Table.MORE_ORDINALS,
                        """
                        11: onceavo onceava undécimo undécima
                        12: doceavo doceava duodécimo duodécima
                        13: treceavo decimotercero decimotercera decimotercer
                        """)
                .forms(
                        """
                        USD: dólar, dólares
                        MXN: peso, pesos
                        EUR: euro, euros
                        GBP: libra, libras
                        °C: grado Celsius, grados Celsius
                        °F: grado Fahrenheit, grados Fahrenheit
                        °: grado, grados
                        Ah: amperio hora, amperios hora
                        mAh: miliamperio hora, miliamperios hora
                        kWh: kilovatio hora, kilovatios hora
                        km/h: kilómetro por hora, kilómetros por hora
                        mph: milla por hora, millas por hora
                        mg: miligramo, miligramos
                        ml: mililitro, mililitros
                        mm: milímetro, milímetros
                        cm: centímetro, centímetros
                        km: kilómetro, kilómetros
                        kg: kilogramo, kilogramos
                        lb: libra, libras
                        lbs: libra, libras
                        oz: onza, onzas
                        ft: pie, pies
                        in: pulgada, pulgadas
                        h: hora, horas
                        g: gramo, gramos
                        m: metro, metros
                        l: litro, litros
                        """)
                .build();
    }
}
