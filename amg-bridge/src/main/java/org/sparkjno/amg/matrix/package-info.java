// SPDX-License-Identifier: Apache-2.0
/** Sparse matrices in compressed row storage, their assembly and their products. */
package org.sparkjno.amg.matrix;
