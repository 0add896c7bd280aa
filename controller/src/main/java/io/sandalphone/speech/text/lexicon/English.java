package io.sandalphone.speech.text.lexicon;

/// English.
final class English {
    private English() {}

    static Lexicon words() {
        return new Lexicon.Builder("en")
                .words(Role.AND, "and")
                .words(Role.DECIMAL_POINT, "point")
                .words(Role.HUNDRED_OR_MORE, "hundred thousand million billion trillion")
                .words(Role.SCALE, "hundred thousand million billion grand")
                .words(Role.MAYBE_ARTICLE, "a an one")
                .words(Role.SINGLE, "a an one")
                .words(Role.NOT_SPELLED, "a")
                .words(Role.NUMERAL_ONE, "one")
                .words(Role.NEVER_SURE, "and a of")
                .words(Role.MINUS, "minus negative")
                .words(Role.BEFORE_LESS, "or")
                .words(Role.PAIR, "both twice couple")
                .words(Role.NONE, "none")
                .words(Role.DOUBLE, "double")
                .words(Role.TRIPLE, "triple")
                .words(Role.SPELLING_SEPARATOR, "dash")
                .words(Role.NUMBERED, "invoice number case part file reference order receipt")
                .words(
                        Role.LABEL,
                        """
                        floor chapter chapters phase part section article street number room gate
                        apartment unit line step item subsection route office bed tower exit stage grade
                        """)
                .words(Role.AFTER_LABEL, "number")
                .words(Role.QUARTERS, "quarters quarter fourths")
                .words(Role.PART_ARTICLE, "a one")
                .words(Role.BEFORE_NO_HALF, "better")
                .words(Role.AFTER_NO_HALF, "brother sister")
                .words(Role.ORDINAL_SUFFIX, "st nd rd th")
                .words(Role.DAY_SUFFIX, "st nd rd th")
                .words(Role.BEFORE_SURE_ORDINAL, "the my your his her our this their")
                .words(Role.BEFORE_UNIT, "business working long more full")
                .words(Role.SQUARE, "square")
                .words(Role.TEMPERATURE_SCALE, "celsius fahrenheit")
                .words(Role.POUNDS, "pounds pound")
                .words(Role.BEFORE_CENTS, "and")
                .words(Role.NOON, "noon midday")
                .words(Role.MIDNIGHT, "midnight")
                .words(Role.CLOCK, "past after half quarter")
                .words(Role.MINUTES_BEFORE, "to of before till til")
                .words(Role.DATE_JOINT, "of")
                .words(Role.MONTH_OR_WORD, "may march")
                .words(
                        Role.CAPITALISED,
                        """
                        i i'm i've i'll i'd mr mrs ms dr monday tuesday wednesday thursday friday saturday sunday \
                        mondays tuesdays wednesdays thursdays fridays saturdays sundays january february april june july \
                        august september october november december english spanish american mexican christmas\
                        """)
                .words(Role.LETTER_WORD, "a i o")
                .words(Role.FIRST_WORKING_DAY, "monday")
                .words(Role.LAST_WORKING_DAY, "friday")
                .words(Role.BEFORE_ORDINAL_DAY, "the to through")
                .words(Role.AFTER_ORDINAL_DAY, "of or and to at a not no is through will for works")
                .words(Role.BEFORE_DAY, "the day")
                .words(Role.LAST, "last")
                .words(Role.DAY, "day")
                .words(Role.BEFORE_SHORT_YEAR, "in")
                .words(Role.BEFORE_YEAR, "in since year of")
                .words(Role.RANGE, "to and or through")
                .words(Role.RANGE_HOUR_ARTICLE, "the")
                .words(Role.RANGE_DAY_ARTICLE, "the")
                .words(Role.BEFORE_WHOLE, "of")
                .words(Role.BEFORE_REPETITION, "a at the")
                .words(
                        Role.TELLING,
                        """
                        i i'm i'll i've i'd you you're your we we're they they're their them she his her
                        it it's its this that that's these those my our is are was were be been being
                        am do does did don't doesn't didn't have had will would could should can't
                        can won't must may might not but or if because when where what which who why
                        how with without from about into for to at by than then there here very
                        please thank thanks yes want need know think get got going just some any
                        every much many more other only still already again right okay sorry hundred
                        thousand dollars
                        """)
                .words(Role.TELLING_IN_NAMES, "the of and on in")
                .words(Role.TURNING, "no not never nobody nothing none neither nor without yes")
                .words(Role.LEANING, "i you he she we they am the a an to of for with want need")
                .words(Role.NO_NAME, "on in not spelled the written with and at a")
                .table(
                        Table.UNITS,
                        """
                        second: seconds
                        minute: minute minutes min
                        hour: hour hours hr hrs
                        day: day days
                        week: week weeks
                        month: month months
                        year: year years
                        mg: mg milligram milligrams
                        g: g gram grams
                        kg: kg kilo kilos kilogram kilograms
                        lb: lb lbs pound pounds
                        km: km kilometer kilometers kilometre kilometres
                        mile: mile miles
                        m: m meter meters metre metres
                        cm: cm centimeter centimeters
                        mm: mm millimeter millimeters
                        inch: inch inches
                        foot: foot feet
                        ml: ml milliliter milliliters
                        l: liter liters
                        gallon: gallon gallons
                        °: ° degree degrees
                        """)
                .table(
                        Table.CURRENCIES,
                        """
                        USD: dollar dollars buck bucks
                        MXN: peso pesos
                        EUR: euro euros
                        GBP: sterling quid
                        cent: cent cents centavo centavos penny pennies
                        """)
                .numbered(
                        Table.MONTHS,
                        """
                        january february march april may june july august september october november
                        december
                        """)
                .numbered(
                        Table.WEEKDAYS, "monday tuesday wednesday thursday friday saturday sunday")
                .table(
                        Table.MULTIPLIERS,
                        """
                        3: thousand grand k
                        6: million
                        9: billion
                        12: trillion
                        """)
                .table(
                        Table.MORE_CARDINALS,
                        """
                        0: oh o
                        4: fours
                        6: sixes
                        """)
                .forms(
                        """
                        USD: dollar, dollars
                        MXN: peso, pesos
                        EUR: euro, euros
                        GBP: pound, pounds
                        °C: degree Celsius, degrees Celsius
                        °F: degree Fahrenheit, degrees Fahrenheit
                        °: degree, degrees
                        Ah: ampere hour, ampere hours
                        mAh: milliampere hour, milliampere hours
                        kWh: kilowatt hour, kilowatt hours
                        km/h: kilometer per hour, kilometers per hour
                        mph: mile per hour, miles per hour
                        mg: milligram, milligrams
                        ml: milliliter, milliliters
                        mm: millimeter, millimeters
                        cm: centimeter, centimeters
                        km: kilometer, kilometers
                        kg: kilogram, kilograms
                        lb: pound, pounds
                        lbs: pound, pounds
                        oz: ounce, ounces
                        ft: foot, feet
                        in: inch, inches
                        h: hour, hours
                        g: gram, grams
                        m: meter, meters
                        l: liter, liters
                        """)
                .build();
    }
}
