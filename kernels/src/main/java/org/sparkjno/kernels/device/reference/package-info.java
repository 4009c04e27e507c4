// SPDX-License-Identifier: Apache-2.0
/** A slow device in plain Java, simple enough to be believed: the oracle of every other one. */
package org.sparkjno.kernels.device.reference;
