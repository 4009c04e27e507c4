// SPDX-License-Identifier: Apache-2.0
/** Turns expressions into tensors: one graph for all, in which what is shared is computed once. */
package org.sparkjno.lang.trace;
