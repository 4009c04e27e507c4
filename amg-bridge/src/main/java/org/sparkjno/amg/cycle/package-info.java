// SPDX-License-Identifier: Apache-2.0
/** Multigrid cycles: one traversal of a hierarchy used as a preconditioner. */
package org.sparkjno.amg.cycle;
