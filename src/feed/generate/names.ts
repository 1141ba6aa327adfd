/** First and last names of customers who do not exist. Any likeness of a pair to a person is chance. */
const first =
  "Abigail Adam Aisha Alan Alexander Alfie Alice Amelia Amir Amy Andrew Anna Anthony Archie Arthur Ava Barbara Ben Beth " +
  "Bilal Bronwen Callum Cara Carol Catherine Charlie Charlotte Chloe Christine Claire Colin Connor Daisy Daniel David Deborah " +
  "Declan Diane Donna Dylan Edward Eilidh Elaine Eleanor Elizabeth Ella Ellie Emily Emma Erin Ethan Eva Evie Faith Fatima " +
  "Fiona Florence Frank Freddie Freya Gareth Gary Gemma George Georgia Gillian Grace Graham Hamza Hannah Harriet Harry Hazel " +
  "Heather Helen Henry Holly Hugh Ian Ibrahim Imogen Iona Isaac Isla Ivy Jack Jacob James Jane Janet Jasmine Jean Jenny Jessica " +
  "Joan Joe John Jonathan Joseph Josh Joyce Judith Julie Karen Kate Kathleen Keith Kevin Kieran Laura Lauren Leah Leo Lewis Liam " +
  "Lily Linda Logan Louise Lucas Lucy Luke Lydia Maisie Malcolm Margaret Maria Mark Martin Mary Matilda Matthew Max Megan " +
  "Michael Millie Mohammed Molly Morag Muhammad Nadia Naomi Natalie Nathan Neil Niamh Nicola Nigel Noah Oliver Olivia Omar Oscar " +
  "Owen Pamela Patricia Paul Peter Philip Phoebe Poppy Priya Rachel Ravi Rebecca Rhys Richard Riley Robert Roger Rose Rosie Ruby " +
  "Ruth Ryan Sally Sam Samantha Sandra Sara Scarlett Scott Sean Sharon Sheila Shirley Simon Sophia Sophie Stephen Steven Stuart " +
  "Sue Suki Susan Sylvia Tara Thea Theo Thomas Tia Tina Toby Tom Tracey Usman Valerie Victoria Violet Wendy William Willow Yusuf " +
  "Yvonne Zac Zainab Zara Zoe";

const last =
  "Adams Ahmed Ali Allen Anderson Andrews Armstrong Atkinson Bailey Baker Ball Barker Barnes Barrett Bates Begum Bell Bennett " +
  "Berry Black Booth Bradley Brooks Brown Burns Burton Butler Byrne Campbell Carr Carter Chambers Chapman Clark Clarke Cole " +
  "Collins Cook Cooper Cox Craig Cunningham Davies Davis Dawson Day Dean Dixon Douglas Doyle Duncan Dunn Edwards Elliott Ellis " +
  "Evans Ferguson Fisher Fletcher Ford Foster Fox Francis Fraser Gallagher Gardner George Gibson Gill Gordon Graham Grant Gray " +
  "Green Griffiths Hall Hamilton Harper Harris Harrison Hart Harvey Henderson Hill Holmes Hopkins Howard Hudson Hughes Hunt Hunter " +
  "Hussain Hussein Iqbal Jackson James Jenkins John Johnson Johnston Jones Jordan Kaur Kelly Kennedy Khan King Knight Lawrence " +
  "Lawson Lee Lewis Lloyd Lowe Macdonald Mackenzie Marshall Martin Mason Matthews May McCarthy McDonald McGregor McKay McLean " +
  "Miller Mills Mitchell Moore Morgan Morris Morrison Murphy Murray Newman Nicholson O'Brien O'Connor O'Neill Oliver Owen Palmer " +
  "Parker Parry Patel Payne Pearce Pearson Perry Phillips Poole Powell Price Rahman Read Reid Reynolds Richards Richardson Riley " +
  "Roberts Robertson Robinson Rogers Rose Ross Russell Ryan Saunders Scott Sharp Shaw Simpson Singh Smith Spencer Stevens Stewart " +
  "Stone Sutherland Taylor Thomas Thompson Thomson Turner Wade Walker Wallace Walsh Ward Warren Watson Watts Webb Wells West " +
  "White Wilkinson Williams Williamson Wilson Wood Woods Wright Young";

export const firstNames: readonly string[] = first.split(" ");
export const lastNames: readonly string[] = last.split(" ");

/** How many different full names there are: number `n` is first name `n % firstNames.length` and last name `n / firstNames.length`. */
export const nameCount = firstNames.length * lastNames.length;
