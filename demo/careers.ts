/** A line of work: its steps from the first job on, what its people know and what they studied. */
export interface Career {
  steps: string[];
  skills: string[];
  programs: [degree: string, program: string][];
}

export const CAREERS: Career[] = [
  {
    steps: ['Software Engineer', 'Senior Software Engineer', 'Staff Engineer', 'Engineering Manager'],
    skills: ['TypeScript', 'PostgreSQL', 'Go', 'Kubernetes', 'React', 'System design', 'Terraform', 'Python'],
    programs: [
      ['BSc', 'Computer Science'],
      ['MSc', 'Software Engineering'],
    ],
  },
  {
    steps: ['Data Analyst', 'Data Scientist', 'Senior Data Scientist', 'Head of Analytics'],
    skills: ['SQL', 'Python', 'Statistics', 'dbt', 'Forecasting', 'Experiment design', 'Visualisation'],
    programs: [
      ['BSc', 'Statistics'],
      ['MSc', 'Data Science'],
    ],
  },
  {
    steps: ['Junior Product Designer', 'Product Designer', 'Senior Product Designer', 'Design Lead'],
    skills: ['Figma', 'User research', 'Prototyping', 'Accessibility', 'Design systems', 'Typography'],
    programs: [
      ['BA', 'Interaction Design'],
      ['BA', 'Visual Communication'],
    ],
  },
  {
    steps: ['Sales Development Representative', 'Account Executive', 'Key Account Manager', 'Sales Director'],
    skills: ['Negotiation', 'Prospecting', 'Salesforce', 'Forecasting', 'Presenting', 'Contracts'],
    programs: [
      ['BA', 'Business Administration'],
      ['BA', 'Communication Studies'],
    ],
  },
  {
    steps: ['Registered Nurse', 'Senior Nurse', 'Ward Manager', 'Head of Nursing'],
    skills: ['Patient care', 'Triage', 'Medication management', 'Wound care', 'Shift planning', 'First aid'],
    programs: [
      ['BSc', 'Nursing'],
      ['MSc', 'Health Management'],
    ],
  },
  {
    steps: ['Accounts Assistant', 'Financial Accountant', 'Financial Controller', 'Chief Financial Officer'],
    skills: ['IFRS', 'Excel', 'SAP', 'Consolidation', 'Audit', 'Budgeting', 'Tax'],
    programs: [
      ['BSc', 'Accounting and Finance'],
      ['MSc', 'Finance'],
    ],
  },
  {
    steps: ['Warehouse Associate', 'Shift Leader', 'Warehouse Manager', 'Head of Logistics'],
    skills: ['Forklift licence', 'Inventory', 'SAP EWM', 'Health and safety', 'Route planning', 'Lean'],
    programs: [['Diploma', 'Logistics']],
  },
  {
    steps: ['Mechanical Engineer', 'Project Engineer', 'Senior Project Engineer', 'Head of Engineering'],
    skills: ['CAD', 'FEM', 'Commissioning', 'Project management', 'PLC', 'Technical documentation'],
    programs: [
      ['BEng', 'Mechanical Engineering'],
      ['MEng', 'Mechatronics'],
    ],
  },
  {
    steps: ['HR Coordinator', 'Recruiter', 'Senior Talent Partner', 'Head of People'],
    skills: ['Sourcing', 'Interviewing', 'Labour law', 'Employer branding', 'Onboarding', 'Coaching'],
    programs: [
      ['BA', 'Psychology'],
      ['MA', 'Human Resource Management'],
    ],
  },
];

export const LANGUAGES: Record<string, string> = {
  de: 'German',
  en: 'English',
  es: 'Spanish',
  fr: 'French',
  it: 'Italian',
  pl: 'Polish',
  sv: 'Swedish',
  tr: 'Turkish',
};

export const TAGS = [
  'Alumni',
  'Career fair',
  'Referral',
  'Relocates',
  'Remote only',
  'Silver medallist',
  'Trainee',
];
export const SOURCES = ['Career site', 'Referral', 'LinkedIn', 'Career fair', 'Sourced', 'Agency'];
