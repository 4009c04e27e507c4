// SPDX-License-Identifier: Apache-2.0
/** Matrices of textbook problems, for tests, benchmarks and first steps. */
package org.sparkjno.amg.gallery;
