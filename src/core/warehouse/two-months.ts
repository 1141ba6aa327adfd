/** Two months whose days share a mask in `customer_years`, such as `jan_feb`; what was spent in each has a column, such as `jan_pence`. */
export const twoMonths = [
  { first: "jan", second: "feb" },
  { first: "mar", second: "apr" },
  { first: "may", second: "jun" },
  { first: "jul", second: "aug" },
  { first: "sep", second: "oct" },
  { first: "nov", second: "dec" },
] as const;
