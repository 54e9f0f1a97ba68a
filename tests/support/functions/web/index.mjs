// Answers with what the request body asks for, or with the event itself.
export const handler = async (event) => {
  const asked = event.headers['x-answer'];
  if (asked === 'throw') throw new Error('secret of the house');
  return asked ? JSON.parse(asked) : event;
};
