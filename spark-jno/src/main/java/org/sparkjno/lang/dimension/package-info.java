// SPDX-License-Identifier: Apache-2.0
/** Checks the units of expressions before anything is computed, and frees expressions of them. */
package org.sparkjno.lang.dimension;
