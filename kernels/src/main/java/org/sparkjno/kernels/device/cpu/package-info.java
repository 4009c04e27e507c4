/** The native tool chain of the CPU: C text in, loaded machine code out, and the off-heap memory it works on. */
package org.sparkjno.kernels.device.cpu;
