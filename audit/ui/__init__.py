"""Parts that pages share: state, jobs, text, findings, rows. The only room that knows Streamlit."""
