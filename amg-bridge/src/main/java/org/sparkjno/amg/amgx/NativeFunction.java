// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.amgx;

import java.util.List;
import java.util.StringJoiner;

/** The functions of AmgX's C interface that are called, one row each: the types of their arguments. All return an int. */
enum NativeFunction {
    AMGX_get_error_string("int", "void *", "int"),
    AMGX_register_print_callback("void *"),
    AMGX_initialize,
    AMGX_finalize,

    AMGX_config_create("void *", "void *"),
    AMGX_config_destroy("void *"),

    AMGX_resources_create("void *", "void *", "void *", "int", "void *"),
    AMGX_resources_destroy("void *"),

    AMGX_matrix_create("void *", "void *", "int"),
    AMGX_matrix_destroy("void *"),
    AMGX_matrix_upload_all("void *", "int", "int", "int", "int", "void *", "void *", "void *", "void *"),
    AMGX_matrix_replace_coefficients("void *", "int", "int", "void *", "void *"),

    AMGX_vector_create("void *", "void *", "int"),
    AMGX_vector_destroy("void *"),
    AMGX_vector_set_zero("void *", "int", "int"),
    AMGX_vector_upload("void *", "int", "int", "void *"),
    AMGX_vector_download("void *", "void *"),

    AMGX_solver_create("void *", "void *", "int", "void *"),
    AMGX_solver_destroy("void *"),
    AMGX_solver_setup("void *", "void *"),
    AMGX_solver_resetup("void *", "void *"),
    AMGX_solver_solve_with_0_initial_guess("void *", "void *", "void *"),
    AMGX_solver_get_status("void *", "void *"),
    AMGX_solver_get_iterations_number("void *", "void *"),
    AMGX_solver_get_iteration_residual("void *", "int", "int", "void *");

    private final List<String> arguments;

    NativeFunction(String... arguments) {
        this.arguments = List.of(arguments);
    }

    /** How many arguments it takes. */
    int arity() {
        return arguments.size();
    }

    /** The name under which {@link #glue()} exports it. */
    String glueName() {
        return "call_" + name();
    }

    /** C text of a function that calls this one: a[0] is its address and then its result, a[1] … are its arguments. */
    String glue() {
        StringJoiner types = new StringJoiner(", ");
        StringJoiner values = new StringJoiner(", ");
        for (int k = 0; k < arguments.size(); k++) {
            types.add(arguments.get(k));
            values.add("(" + arguments.get(k) + ")a[" + (k + 1) + "]");
        }
        String list = arguments.isEmpty() ? "void" : types.toString();
        return "void " + glueName() + "(long *a) {\n    a[0] = ((int (*)(" + list + "))a[0])(" + values + ");\n}\n";
    }
}
