// SPDX-License-Identifier: Apache-2.0
/** A team of threads that share the rows of a loop. */
package org.sparkjno.amg.parallel;
