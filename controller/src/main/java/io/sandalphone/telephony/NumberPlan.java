package io.sandalphone.telephony;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.ValidationResult;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import com.google.i18n.phonenumbers.ShortNumberInfo;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// What numbering plans say of a number: which country it belongs to, and whether calling it costs as
/// calling that country does (libphonenumber).
public final class NumberPlan {
    private static final PhoneNumberUtil PLANS = PhoneNumberUtil.getInstance();

    // libphonenumber's region of what belongs to no country: satellites and other networks.
    private static final String WORLD = "001";
    private static final String NONE = "ZZ";
    private static final int NORTH_AMERICA = 1;

    private static final ShortNumberInfo SHORT = ShortNumberInfo.getInstance();

    // What telephones take for an emergency wherever they are (3GPP TS 22.101, section 10.1.1).
    private static final Set<String> EMERGENCIES = Set.of("112", "911");

    private NumberPlan() {}

    /// What a number costs, as far as its plan tells.
    public enum Charge {
        /// As its country does.
        ORDINARY,
        /// Premium-rate, shared-cost, a universal access or personal number, or a pager: who is called
        /// sets the price.
        SPECIAL,
        /// In no country: a satellite, an international network or freephone number, or nobody's.
        NO_COUNTRY
    }

    public static Charge charge(E164 number) {
        PhoneNumber parsed = parse(number);
        String country = PLANS.getRegionCodeForCountryCode(parsed.getCountryCode());
        if (country.equals(WORLD) || country.equals(NONE)) {
            return Charge.NO_COUNTRY;
        }
        return switch (PLANS.getNumberType(parsed)) {
            case PREMIUM_RATE, SHARED_COST, UAN, PERSONAL_NUMBER, PAGER -> Charge.SPECIAL;
            case FIXED_LINE, MOBILE, FIXED_LINE_OR_MOBILE, TOLL_FREE, VOIP, VOICEMAIL, UNKNOWN ->
                    Charge.ORDINARY;
        };
    }

    /// The countries that a country code stands for by itself, as ISO 3166 has them; empty when the
    /// code is one country's alone. `+1` stands for the United States and Canada, `+44` for Great
    /// Britain and not for Jersey.
    public static Set<String> mainRegions(E164 number) {
        int code = parse(number).getCountryCode();
        List<String> regions = PLANS.getRegionCodesForCountryCode(code);
        if (regions.size() < 2) {
            return Set.of();
        }
        return code == NORTH_AMERICA ? Set.of("US", "CA") : Set.of(regions.getFirst());
    }

    /// The country or territory that the number belongs to, as ISO 3166 has it; empty when no plan
    /// knows it.
    public static Optional<String> region(E164 number) {
        return Optional.ofNullable(PLANS.getRegionCodeForNumber(parse(number)));
    }

    /// The same of a number as a carrier wrote it; empty when it is not in E.164 either.
    public static Optional<String> regionOf(String number) {
        try {
            return region(new E164(number));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// The countries whose numbers begin with `code` alone, the one that it is first of all: `US` and `CA` for `1`.
    public static Set<String> mainRegions(String code) {
        int number = Integer.parseInt(code);
        return number == NORTH_AMERICA
                ? Set.of("US", "CA")
                : Set.of(PLANS.getRegionCodeForCountryCode(number));
    }

    /// Whether `region` is one that plans know.
    public static boolean isRegion(String region) {
        return PLANS.getSupportedRegions().contains(region);
    }

    /// Whether `dialled` calls for help: an emergency number of one of `regions` (ISO 3166), or one that telephones
    /// everywhere know, 112 and 911. With a plus sign it is one of the country whose code it begins with, and where no
    /// country has such a number, one to which a carrier added the sign. A SIP or tel URI is the number in it.
    public static boolean isEmergency(String dialled, Set<String> regions) {
        String number = number(dialled);
        if (!number.startsWith("+")) {
            return isShortEmergency(number, regions);
        }
        String digits = number.substring(1);
        return isEmergencyOfItsCountry(digits)
                || (!isE164(number) && isShortEmergency(digits, regions));
    }

    private static boolean isShortEmergency(String digits, Set<String> regions) {
        return EMERGENCIES.contains(digits)
                || regions.stream().anyMatch(each -> SHORT.isEmergencyNumber(digits, each));
    }

    private static boolean isEmergencyOfItsCountry(String digits) {
        return countryCode(digits)
                .filter(
                        code ->
                                isShortEmergency(
                                        digits.substring(code.length()),
                                        Set.copyOf(
                                                PLANS.getRegionCodesForCountryCode(
                                                        Integer.parseInt(code)))))
                .isPresent();
    }

    private static boolean isE164(String number) {
        try {
            return new E164(number).number().equals(number);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /// The digits that are dialled, whatever the script and whatever stands between them, behind the plus sign if they
    /// have one. The host and the parameters of a URI have digits of their own.
    private static String number(String dialled) {
        String user =
                dialled.strip()
                        .replaceFirst("^(?i:tel|sips?):", "")
                        .replaceFirst("(?s)[;@].*$", "");
        var number = new StringBuilder(user.startsWith("+") ? "+" : "");
        user.codePoints()
                .map(each -> Character.digit(each, 10))
                .filter(digit -> digit >= 0)
                .forEach(number::append);
        return number.toString();
    }

    /// Whether `number` is an emergency number of its country.
    public static boolean isEmergency(E164 number) {
        return isEmergency(number.number(), Set.of());
    }

    /// Whether `number` is as long as one of its country's is, with the area code: one that somebody could be called by
    /// from abroad.
    public static boolean isWhole(E164 number) {
        return PLANS.isPossibleNumberWithReason(parse(number)) == ValidationResult.IS_POSSIBLE;
    }

    /// The country code that `digits` begin with, without a plus sign; empty when they begin with none,
    /// or with only a part of several.
    public static Optional<String> countryCode(String digits) {
        Set<Integer> codes = new HashSet<>(PLANS.getSupportedCallingCodes());
        for (int length = 1; length <= Math.min(3, digits.length()); length++) {
            String code = digits.substring(0, length);
            if (codes.contains(Integer.valueOf(code))) {
                return Optional.of(code);
            }
        }
        return Optional.empty();
    }

    private static PhoneNumber parse(E164 number) {
        try {
            return PLANS.parse(number.number(), null);
        } catch (NumberParseException e) {
            throw new IllegalStateException(
                    "a number that was checked: "
                            + e.getErrorType().name().toLowerCase(Locale.ROOT),
                    e);
        }
    }
}
