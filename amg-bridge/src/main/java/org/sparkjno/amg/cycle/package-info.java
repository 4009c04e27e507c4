/** Multigrid cycles: one traversal of a hierarchy used as a preconditioner. */
package org.sparkjno.amg.cycle;
