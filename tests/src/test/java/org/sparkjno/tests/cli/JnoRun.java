// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.tests.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.sparkjno.cli.Jno;

/**
 * A run of the command line in this process, with two task slots.
 *
 * @param status exit status
 * @param out standard output
 * @param err standard error
 */
record JnoRun(int status, String out, String err) {
    private static final String MASTER = "spark.master";

    static JnoRun of(Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        System.setProperty(MASTER, "local[2]");
        try {
            int status = Jno.run(
                    new PrintWriter(out, true),
                    new PrintWriter(err, true),
                    List.of(arguments).stream().map(Object::toString).toArray(String[]::new));
            return new JnoRun(status, out.toString(), err.toString());
        } finally {
            System.clearProperty(MASTER);
        }
    }

    /** The lines of standard error. */
    List<String> errors() {
        return err.lines().toList();
    }
}
