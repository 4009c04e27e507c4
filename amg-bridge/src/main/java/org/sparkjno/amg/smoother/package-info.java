/** Stationary iterations that damp the oscillating part of an error. */
package org.sparkjno.amg.smoother;
