// SPDX-License-Identifier: Apache-2.0
/** Fine-tuning with few numbers: weights computed from frozen ones and from what adapters train. */
package org.sparkjno.nn.adapter;
