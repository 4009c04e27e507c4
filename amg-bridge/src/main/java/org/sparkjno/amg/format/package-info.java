// SPDX-License-Identifier: Apache-2.0
/** Reads and writes matrices and vectors: Matrix Market text, SciPy's sparse archives and NumPy arrays. */
package org.sparkjno.amg.format;
