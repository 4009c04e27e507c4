// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.collective;

import java.io.Serializable;

/**
 * What a rank must prove to be let in.
 *
 * @param job identifies the job among all that share the network; letters, digits, '.', '_' and '-'
 * @param generation counts the restarts of the job, from 0; members of different generations never talk
 * @param secret shared by the members of the job
 */
public record Membership(String job, int generation, Secret secret) implements Serializable {

    /** @throws IllegalArgumentException if the job's name or the generation is unusable */
    public Membership {
        if (!job.matches("[A-Za-z0-9._-]{1,200}")) {
            throw new IllegalArgumentException(
                    "Job name '" + job + "' is not usable: take 1 to 200 letters, digits, '.', '_' or '-'.");
        }
        if (generation < 0) {
            throw new IllegalArgumentException("Generation " + generation + " is negative: count from 0.");
        }
    }

    @Override
    public String toString() {
        return "generation " + generation + " of job " + job;
    }
}
