// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.text;

import org.sparkjno.lang.expression.Expression;

/**
 * Residuals as text. The text {@code k*(u_xx + u_yy) + 1} gives the same expression as {@code
 * k.times(u.d("xx").plus(u.d("yy"))).plus(1)}.
 *
 * <pre>
 * equation = sum [ "=" sum ]                      left minus right
 * sum      = product { ("+" | "-") product }
 * product  = sign { ("*" | "/") sign }
 * sign     = [ "-" | "+" ] power
 * power    = entry [ ("^" | "**") sign ]          right to left; -x^2 is -(x^2)
 * entry    = atom { "[" number "]" }              a component, from 0
 * atom     = number | name | function "(" sum { "," sum } ")" | "(" sum ")"
 * </pre>
 *
 * <p>A name is that of an expression given, of a coordinate that one of them depends on, or {@code pi}; it may be dotted, as those of {@link Constants}. With a
 * subscript of
 * coordinates it is a derivative, {@code u_xxt} being u.d(x, x, t). Derivatives of anything are {@code d(u*v, x, y)}, {@code
 * laplacian(u, x, y)}, {@code grad(u, x, y)}, {@code div(v, x, y)}, {@code curl(v, x, y)}; all but the first take the coordinates in space
 * (all but t) where they name none. Other functions are the scalar ones of expressions by their names, {@code min max atan2 mod
 * pow where clip}, the comparisons {@code < <= > >=} inside {@code where}, {@code dot cross norm det trace inv expm logm sqrtm}, {@code mean sum}
 * and {@code stopgradient}.
 */
public final class Residual {
    private Residual() {}

    /**
     * Reads a residual or an equation.
     *
     * @param text the formula
     * @param named what its names mean: variables, or expressions with a name by {@link Expression#named}
     * @throws org.sparkjno.lang.expression.ExpressionException when it is no formula or a name is unknown, saying at which column
     */
    public static Expression parse(String text, Expression... named) {
        return new Parser(text, Names.of(named)).equation();
    }
}
