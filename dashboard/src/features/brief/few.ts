/** Up to so many cafés are shown side by side; of more, those that moved most. */
export const FEW = 6;
