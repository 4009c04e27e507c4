/** The table of scalar primitives: name, value, derivative, edge cases and C spelling of each, written once. */
package org.sparkjno.kernels.scalar;
