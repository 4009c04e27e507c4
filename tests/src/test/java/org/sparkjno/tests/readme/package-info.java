// SPDX-License-Identifier: Apache-2.0
/** Whether what the README and the other documents show works as written. */
package org.sparkjno.tests.readme;
