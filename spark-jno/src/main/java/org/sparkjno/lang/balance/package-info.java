// SPDX-License-Identifier: Apache-2.0
/** Factors between the losses of a problem that follow the training, and weights along time. */
package org.sparkjno.lang.balance;
