// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.checkpoint;

/**
 * What one epoch came to.
 *
 * @param epoch its number, from 1
 * @param step steps completed at its end
 * @param loss mean training loss per sample
 * @param error mean relative L2 error of the held-out samples; NaN when there are none
 * @param rate last learning rate
 * @param seconds it took, as far as this process ran it
 */
public record EpochRecord(int epoch, long step, double loss, double error, double rate, double seconds) {}
