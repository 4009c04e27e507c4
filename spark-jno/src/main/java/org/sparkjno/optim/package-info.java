// SPDX-License-Identifier: Apache-2.0
/** Optimisers as pure update rules of flat vectors, and schedules of the learning rate. */
package org.sparkjno.optim;
