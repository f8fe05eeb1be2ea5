/** AL2023's default kernel, whose SYN timing is the older one: repeats after 1, 3, 7 … seconds (Linux before 6.5). */
export const kernelRelease = '6.1.155-176.282.amzn2023.x86_64';
