// SPDX-License-Identifier: Apache-2.0
/** Pictures of fields and of training runs. */
package org.sparkjno.plot;
