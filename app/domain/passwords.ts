/** The shortest password that a new account may have. */
export const PASSWORD_MIN_CHARACTERS = 10;
