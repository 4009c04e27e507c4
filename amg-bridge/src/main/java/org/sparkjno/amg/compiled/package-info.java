// SPDX-License-Identifier: Apache-2.0
/** The loops over rows of sparse matrices as machine code, in one C text for both precisions. */
package org.sparkjno.amg.compiled;
