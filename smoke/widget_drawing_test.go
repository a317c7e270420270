package smoke

// drawing is the picture of the fixtures, 450 by 360: hills, a hut and ducks on
// a pond, drawn for the project.
const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="450" height="360" viewBox="0 0 450 360">` +
	`<path fill="#f5d9a8" d="M0 0h450v360H0z"/><circle cx="322" cy="70" r="44" fill="#f2a65a"/>` +
	`<path fill="#8fb08e" d="M0 150q70-60 150-30t150-20 150 40v220H0z"/><path fill="#5f8f75" d="M0 190q90-40 200-10t250 0v180H0z"/>` +
	`<path fill="#7c3f2a" d="M40 155l58-45 58 45z"/><path fill="#b5653f" d="M50 155h96v45H50z"/><path fill="#5a2b1e" d="M86 165h22v35H86z"/>` +
	`<ellipse cx="230" cy="290" rx="215" ry="62" fill="#78b2c6"/><ellipse cx="230" cy="296" rx="185" ry="48" fill="#94c9d8"/>` +
	`<path fill="#fffaf0" d="M178 270q20 12 50 8 40-5 62-36 8 66-50 76-60 8-76-30-4-46 26-58 24-2 22 22z"/>` +
	`<path fill="#e8912f" d="M190 236l30 8-28 10z"/><circle cx="182" cy="240" r="4" fill="#2b2130"/>` +
	`<path fill="#fffaf0" d="M300 226q14 8 34 6 24-4 38-22 6 44-32 50-38 4-50-20-2-30 18-38 14-2 12 14z"/>` +
	`<path fill="#e8912f" d="M308 208l20 6-18 6z"/><circle cx="302" cy="210" r="3" fill="#2b2130"/></svg>`
