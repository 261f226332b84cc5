// Values as people read them. What is not known is a dash.

export const NOT_KNOWN = '–';

const WHOLE = new Intl.NumberFormat('en');

export function whole(number) {
  return known(number, () => WHOLE.format(number));
}

/** "1 job", "2 jobs". */
export function count(number, noun) {
  return `${whole(number)} ${noun}${number === 1 ? '' : 's'}`;
}

/** Three digits that matter: 0.04, 0.4, 4.2, 42, 1,234. */
export function decimal(number) {
  return known(number, () => {
    if (number === 0 || number >= 100) {
      return WHOLE.format(Math.round(number));
    }
    return number.toFixed(number >= 10 ? 1 : 2);
  });
}

export function percent(ratio) {
  return known(ratio, () => (ratio === 0 ? '0 %' : `${(ratio * 100).toFixed(ratio < 0.1 ? 1 : 0)} %`));
}

/** How long something took: microseconds matter as little as milliseconds of an hour. */
export function duration(seconds) {
  return known(seconds, () => {
    if (seconds === 0) {
      return '0 s';
    }
    if (seconds < 0.0995) {
      return `${(seconds * 1000).toFixed(seconds < 0.00995 ? 1 : 0)} ms`;
    }
    if (seconds < 0.9995) {
      return `${Math.round(seconds * 1000)} ms`;
    }
    return seconds < 59.95 ? `${seconds.toFixed(1)} s` : age(seconds);
  });
}

/** How long ago or until: two units at most. */
export function age(seconds) {
  return known(seconds, () => {
    const rounded = Math.max(0, Math.round(seconds));
    if (rounded < 60) {
      return `${rounded} s`;
    }
    if (rounded < 3600) {
      return `${Math.floor(rounded / 60)} min ${rounded % 60} s`;
    }
    if (rounded < 86_400) {
      return `${Math.floor(rounded / 3600)} h ${Math.floor((rounded % 3600) / 60)} min`;
    }
    return `${Math.floor(rounded / 86_400)} d ${Math.floor((rounded % 86_400) / 3600)} h`;
  });
}

/** Sizes in the units of computers: "640 B", "1.5 MiB". */
export function bytes(number) {
  return known(number, () => {
    const power = Math.min(3, Math.floor(Math.log2(Math.max(1, number)) / 10));
    const value = number / 1024 ** power;
    return `${power === 0 ? number : value.toFixed(value < 10 ? 1 : 0)} ${['B', 'KiB', 'MiB', 'GiB'][power]}`;
  });
}

/** "command failed". */
export function words(name) {
  return name.replaceAll('_', ' ');
}

/** The time of day, in seconds since 1970. */
export function clock(time) {
  return new Date(time * 1000).toLocaleTimeString();
}

/** A time as the API writes it, in the words of the reader's place. */
export function date(text) {
  return new Date(text).toLocaleString();
}

/** Everything about a time, for those who ask; `text` as the API writes times. */
export function absolute(text) {
  return text === null ? '' : `${date(text)} (${text})`;
}

/** Seconds since 1970 of a time as the API writes it. */
export function seconds(text) {
  return Date.parse(text) / 1000;
}

function known(value, format) {
  return value === null || value === undefined || Number.isNaN(value) ? NOT_KNOWN : format();
}
