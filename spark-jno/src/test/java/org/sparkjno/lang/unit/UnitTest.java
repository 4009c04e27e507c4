// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitTest {
    @ParameterizedTest
    @CsvSource({
        "N, kg*m/s^2",
        "W/(m*K), kg m s^-3 K^-1",
        "W/m/K, W/(m K)",
        "Pa, N/m²",
        "kW h, 3.6 MJ",
        "mm^2, 1e-6 m^2",
        "km/h, 0.2777777777777778 m/s",
        "m^(1/2), m**0.5",
        "1/s, Hz",
        "Ohm, V/A",
        "min, 60 s",
        "mT, 1e-3 Wb/m^2",
        "µm, 1e-6 m",
        "g/cm^3, 1000 kg/m³",
        "eV, 1.602176634e-19 J",
        "rad, 1"
    })
    void unitsAreWhatTheyAreMadeOf(String text, String other) {
        String[] parts = other.split(" ", 2);
        boolean counted = parts.length == 2 && Character.isDigit(parts[0].charAt(0));
        Unit expected = counted ? Unit.parse(parts[1]).times(Double.parseDouble(parts[0]), other) : Unit.parse(other);
        assertThat(Unit.parse(text).isSame(expected))
                .as(Unit.parse(text).exponents() + " " + Unit.parse(text).factor())
                .isTrue();
        assertThat(Unit.parse(text)).hasToString(text);
    }

    @Test
    void productsAreWrittenInBaseUnits() {
        assertThat(Unit.parse("W").per(Unit.parse("m^2"))).hasToString("kg s^-3");
        assertThat(Unit.parse("km").times(Unit.parse("km"))).hasToString("1000000.0 m^2");
        assertThat(Unit.parse("m").power(new Fraction(1, 2))).hasToString("m^(1/2)");
        assertThat(Unit.parse("km").isCompatible(Unit.parse("mm"))).isTrue();
        assertThat(Unit.parse("km").isSame(Unit.parse("mm"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "furlong, there is no unit 'furlong'",
        "m/, a symbol such as m",
        "m^x, an exponent is missing at column 3",
        "(m, a closing parenthesis is missing at column 3",
        "m), nothing to make of ')'",
        "°C, give temperatures in K",
        "'', a symbol such as m"
    })
    void otherTextIsRefused(String text, String why) {
        assertThatThrownBy(() -> Unit.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    @Test
    void exponentsAreFractions() {
        assertThat(Fraction.of(-1.5)).isEqualTo(new Fraction(3, -2)).hasToString("(-3/2)");
        assertThat(Fraction.of(1.0 / 3).plus(new Fraction(2, 3))).isEqualTo(Fraction.ONE);
        assertThatThrownBy(() -> Fraction.of(Math.PI)).hasMessageContaining("no exponent of a unit");
    }
}
