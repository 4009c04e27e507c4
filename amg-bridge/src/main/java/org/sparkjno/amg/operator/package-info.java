// SPDX-License-Identifier: Apache-2.0
/** Linear functions of a graph as sparse matrices, and as what Krylov methods apply without one. */
package org.sparkjno.amg.operator;
