package io.sandalphone.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;

import io.sandalphone.telephony.E164;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

class DestinationsTest {
    private static final PhoneNumberUtil PLANS = PhoneNumberUtil.getInstance();

    private static boolean allows(String entry, String number) {
        return new Destinations(List.of(entry), Set.of()).allow(new E164(number));
    }

    private static String text(PhoneNumber number) {
        return PLANS.format(number, PhoneNumberFormat.E164);
    }

    /// Not a list that stands here, but what the plans of every country give as an example.
    @Test
    void the_countries_are_told_in_which_somebody_may_be_dialled() {
        var destinations = new Destinations(List.of("+34*", "+525512345678", "+1*"), Set.of("JM"));

        assertEquals(List.of("CA", "ES", "JM", "MX", "US"), List.copyOf(destinations.countries()));
    }

    @Test
    void no_prefix_of_any_country_covers_numbers_whose_owner_sets_the_price() {
        List<String> covered = new ArrayList<>();
        int tried = 0;
        for (String region : PLANS.getSupportedRegions()) {
            for (PhoneNumberType type :
                    List.of(
                            PhoneNumberType.PREMIUM_RATE,
                            PhoneNumberType.SHARED_COST,
                            PhoneNumberType.UAN,
                            PhoneNumberType.PERSONAL_NUMBER,
                            PhoneNumberType.PAGER)) {
                @Nullable PhoneNumber example = PLANS.getExampleNumberForType(region, type);
                if (example == null) {
                    continue;
                }
                tried++;
                String number = text(example);
                String country = "+" + example.getCountryCode() + "*";
                String longer = number.substring(0, number.length() - 2) + "*";
                for (String prefix : List.of(country, longer)) {
                    if (allows(prefix, number)) {
                        covered.add(region + " " + type + " " + number + " by " + prefix);
                    }
                }
                assertTrue(allows(number, number), number);
            }
        }
        assertEquals(List.of(), covered);
        assertTrue(tried > 200, "only " + tried + " examples");
    }

    @Test
    void no_prefix_covers_satellites_and_other_networks_of_no_country() {
        Set<Integer> codes = PLANS.getSupportedGlobalNetworkCallingCodes();
        assertTrue(codes.contains(881) && codes.contains(870), codes::toString);
        for (int code : codes) {
            String number = text(PLANS.getExampleNumberForNonGeoEntity(code));
            assertFalse(allows("+" + code + "*", number), number);
            assertTrue(allows(number, number), number);
        }
    }

    @Test
    void the_code_of_north_america_covers_two_countries() {
        for (String region : PLANS.getSupportedRegions()) {
            if (PLANS.getCountryCodeForRegion(region) == 1) {
                String number =
                        text(PLANS.getExampleNumberForType(region, PhoneNumberType.FIXED_LINE));
                assertEquals(
                        region.equals("US") || region.equals("CA"),
                        allows("+1*", number),
                        region + " " + number);
                assertTrue(
                        new Destinations(List.of("+1*"), Set.of(region)).allow(new E164(number)),
                        region + " " + number);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "+1*, +12125550123, true",
        "+1*, +14165550123, true",
        "+1*, +18005550199, true",
        "+1*, +18765550123, false",
        "+1876*, +18765550123, true",
        "+187*, +18765550123, false",
        // Nobody's area code.
        "+1*, +15551230002, false",
        "+1555*, +15551230002, true",
        "+1*, +19005550199, false",
        "+1900*, +19005550199, false",
        "+52*, +525512345678, true",
        "+44*, +442079460123, true",
        "+44*, +441534123456, false",
        "+441534*, +441534123456, true",
        "+44*, +447012345678, false",
        "+7*, +74951234567, true",
        "+7*, +77172123456, false",
        "+881*, +881612345678, false"
    })
    void a_prefix_covers_the_country_whose_code_it_is(
            String prefix, String number, boolean covered) {
        assertEquals(covered, allows(prefix, number));
        assertTrue(allows(number, number));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "XX", "jm", "JAM", "001"})
    void an_extra_region_is_one_that_plans_know(String region) {
        assertThrows(
                IllegalArgumentException.class, () -> new Destinations(List.of(), Set.of(region)));
    }
}
