// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.unit;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The symbols of units: those of the SI, the units accepted beside it, and prefixes. BIPM, "The International System of Units", 9th
 * edition, 2019, tables 2, 4, 7 and 8.
 */
final class Symbols {
    private static final Map<String, Double> PREFIXES = Map.ofEntries(
            Map.entry("q", 1e-30),
            Map.entry("r", 1e-27),
            Map.entry("y", 1e-24),
            Map.entry("z", 1e-21),
            Map.entry("a", 1e-18),
            Map.entry("f", 1e-15),
            Map.entry("p", 1e-12),
            Map.entry("n", 1e-9),
            Map.entry("u", 1e-6),
            Map.entry("µ", 1e-6),
            Map.entry("μ", 1e-6),
            Map.entry("m", 1e-3),
            Map.entry("c", 1e-2),
            Map.entry("d", 1e-1),
            Map.entry("da", 1e1),
            Map.entry("h", 1e2),
            Map.entry("k", 1e3),
            Map.entry("M", 1e6),
            Map.entry("G", 1e9),
            Map.entry("T", 1e12),
            Map.entry("P", 1e15),
            Map.entry("E", 1e18),
            Map.entry("Z", 1e21),
            Map.entry("Y", 1e24),
            Map.entry("R", 1e27),
            Map.entry("Q", 1e30));

    private static final Map<String, Unit> PREFIXABLE = new HashMap<>();
    private static final Map<String, Unit> WHOLE = new HashMap<>();

    static {
        for (int i = 0; i < Unit.BASE.size(); i++) {
            if (!Unit.BASE.get(i).equals("kg")) {
                PREFIXABLE.put(Unit.BASE.get(i), Unit.base(i));
            }
        }
        PREFIXABLE.put("g", Unit.base(Unit.BASE.indexOf("kg")).times(1e-3, "g"));
        Unit metre = PREFIXABLE.get("m");
        Unit second = PREFIXABLE.get("s");
        Unit kilogram = Unit.base(Unit.BASE.indexOf("kg"));
        Unit ampere = PREFIXABLE.get("A");
        define("N", kilogram.times(metre).per(second).per(second));
        define("Pa", unit("N").per(metre).per(metre));
        define("J", unit("N").times(metre));
        define("W", unit("J").per(second));
        define("Hz", Unit.ONE.per(second));
        define("Bq", Unit.ONE.per(second));
        define("C", ampere.times(second));
        define("V", unit("W").per(ampere));
        define("F", unit("C").per(unit("V")));
        define("Ω", unit("V").per(ampere));
        define("Ohm", unit("Ω"));
        define("ohm", unit("Ω"));
        define("S", Unit.ONE.per(unit("Ω")));
        define("Wb", unit("V").times(second));
        define("T", unit("Wb").per(metre).per(metre));
        define("H", unit("Wb").per(ampere));
        define("lm", PREFIXABLE.get("cd"));
        define("lx", unit("lm").per(metre).per(metre));
        define("Gy", unit("J").per(kilogram));
        define("Sv", unit("Gy"));
        define("kat", PREFIXABLE.get("mol").per(second));
        define("L", metre.times(metre).times(metre).times(1e-3, "L"));
        define("l", unit("L"));
        define("eV", unit("J").times(1.602176634e-19, "eV"));
        define("bar", unit("Pa").times(1e5, "bar"));
        define("rad", Unit.ONE);
        define("sr", Unit.ONE);
        WHOLE.put("min", second.times(60, "min"));
        WHOLE.put("h", second.times(3600, "h"));
        WHOLE.put("d", second.times(86400, "d"));
        WHOLE.put("t", kilogram.times(1000, "t"));
        WHOLE.put("deg", Unit.ONE.times(Math.PI / 180, "deg"));
        WHOLE.put("°", Unit.ONE.times(Math.PI / 180, "°"));
        WHOLE.put("%", Unit.ONE.times(0.01, "%"));
    }

    private Symbols() {}

    private static void define(String symbol, Unit unit) {
        PREFIXABLE.put(symbol, unit.written(symbol));
    }

    private static Unit unit(String symbol) {
        return PREFIXABLE.get(symbol);
    }

    /** The unit of a symbol, with or without a prefix; a whole symbol wins over a prefix, as min does over milli-inch. */
    static Optional<Unit> find(String symbol) {
        Unit whole = WHOLE.getOrDefault(symbol, PREFIXABLE.get(symbol));
        if (whole != null) {
            return Optional.of(whole);
        }
        for (int length = 1; length <= 2 && length < symbol.length(); length++) {
            Double factor = PREFIXES.get(symbol.substring(0, length));
            Unit rest = PREFIXABLE.get(symbol.substring(length));
            if (factor != null && rest != null) {
                return Optional.of(rest.times(factor, symbol));
            }
        }
        return Optional.empty();
    }
}
