/** The driver's loop over generations: one barrier stage each, whose tasks meet directly, restarted after a loss. */
package org.sparkjno.spark;
